### Pengumuman penyelenggara untuk yang ada di dalam. `reach`: untuk berapa orang, di berapa ruang.

announce-title = Umumkan sesuatu
announce-lead = Semua yang ada di dalam membacanya selama sepuluh menit; yang di pintu tidak. Pengumuman muncul di tempat yang sudah ada, jadi tidak ada yang bergeser, dan tidak disimpan di mana pun.
announce-label = Yang ingin kamu sampaikan
announce-left = { $left ->
    [one] sisa 1 huruf
   *[other] sisa { $left } huruf
 }
announce-everywhere = Di semua ruang, bukan hanya di ruang ini
announce-preview = Beginilah mereka melihatnya
announce-from = Dari penyelenggara:
announce-nothing = …
announce-go = Umumkan ini
announce-people = { $count ->
    [one] 1 orang
   *[other] { $count } orang
 }
announce-rooms = { $count ->
    [one] 1 ruang
   *[other] { $count } ruang
 }
announce-reach = { $people } di { $rooms }
announce-whom = Untuk { $reach }.
announce-instead = Pengumuman yang sedang tampil di sana diganti.
announce-done = Sudah diumumkan untuk { $reach }.
announce-now = Sedang tampil
announce-age = { $minutes ->
    [0] baru saja
    [one] 1 menit lalu
   *[other] { $minutes } menit lalu
 }
announce-down = { $rooms ->
    [one] Turunkan pengumuman
   *[other] Turunkan di { $rooms } ruang
 }
announce-taken-down = Pengumuman sudah tidak ditampilkan.
announce-invalid = Pengumuman berisi 1 sampai 300 huruf yang terlihat, tanpa tanda tersembunyi.

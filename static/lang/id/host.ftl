### The host page.

host-token-title = Halaman penyelenggara
host-token-text = Buka tautan penyelenggara yang dicetak server, atau tempel kodenya di sini.
host-token-label = Kode penyelenggara
host-token-go = Masuk
host-token-wrong = Kode ini tidak cocok.
host-token-changed = Kode penyelenggaranya sudah diganti. Buka tautan yang baru, atau tempel kodenya.
host-offline = Server tidak terjangkau. Angka di bawah mungkin sudah lama; kami terus mencoba.
host-new = Ruang baru
host-new-title = Judul
host-new-policy = Apa yang boleh dibawa ke luar
host-new-text = Kesepakatan kelompok dengan kata-kata sendiri
host-new-text-hint = Boleh kosong. Kerahasiaan dan aturan yang dijaga server selalu ditampilkan.
host-new-questions = Pertanyaan di pintu
host-new-questions-hint = Sampai tiga, tidak wajib dijawab, dan jawabannya tidak disimpan.
host-new-question = Pertanyaan { $n }
host-new-go = Buat ruang
host-new-cancel = Tidak jadi
host-created = Ruang “{ $title }” sudah dibuat.
host-rooms = Semua ruang
host-door = { $count ->
    [0] pintu sepi
   *[other] { $count } di pintu
 }
host-hands = { $count ->
    [0] tidak ada tangan
   *[other] { $count } tangan
 }
host-longest = { $minutes ->
   *[other] terlama { $minutes } menit
 }
host-links = Tautan
host-links-about = Siapa pun yang memegang tautan bisa memakainya. Tautan peserta menuju pintu; yang lain langsung masuk.
host-delete-no = Tidak jadi
host-problem-title-invalid = Judul: 1 sampai 80 huruf yang terlihat.
host-problem-agreement-invalid = Kesepakatannya terlalu panjang atau berisi tanda tersembunyi.
host-problem-questions-invalid = Tiap pertanyaan paling banyak 200 huruf yang terlihat.
host-problem-not-found = Ruang itu sudah tidak ada.
host-gone = Ada yang menghapusnya, mungkin dari halaman penyelenggara lain.
host-problem-not-now = Server belum bisa menyimpannya. Coba lagi sebentar lagi.
host-problem-offline = Server tidak terjangkau. Tidak ada yang berubah.
host-problem-other = Itu tidak berhasil, bukan salahmu. Coba lagi.
host-limits = Batas
host-limits-save = Simpan
host-limits-saved = Tersimpan.
host-seats = Tempat untuk peserta
host-seats-hint = Kosong: tanpa batas. Fasilitator dan penyelenggara tidak dihitung.
host-two = Dua orang sepakat sebelum seseorang dikeluarkan
host-two-hint = Kalau ada fasilitator lain di ruang. Setiap pengeluaran bisa dibatalkan.
host-problem-links-full = Undangan pribadi ruang ini sudah sebanyak-banyaknya. Cabut beberapa dulu.
host-problem-seats-invalid = Tempat: angka 1 sampai 300, atau kosong.
host-problem-no-link = Tautan itu sudah tidak ada.
host-format = Format
host-format-save = Simpan format
host-format-saved = Formatnya tersimpan.
host-problem-format = Ada yang belum cocok di formatnya. Tidak ada yang kamu ketik hilang.
host-problem-format-unknown = Server tidak punya format dengan nama itu.
host-problem-would-lose = Ada yang akan kehilangan giliran atau tempat. Biarkan selesai dulu. Tidak ada yang berubah.
host-insecure = Alamat ini tanpa https: peramban tidak membuka mikrofon di sini. Orang bisa hadir dan mengikuti, tetapi tak seorang pun terdengar.
host-new-title-hint = Terlihat oleh yang sudah masuk, tidak oleh yang di pintu.
host-title = Papan penyelenggara
host-rooms-count = { $count } ruang
host-people-count = { $count } orang
host-lost = Tidak tersambung. Kami terus mencoba.
host-lost-since = Tidak tersambung sejak { $time }. Kami terus mencoba.
host-none = Belum ada ruang
host-first-make = Buat ruang. Bisa beberapa sekaligus, kalau kelompoknya bertemu bersamaan.
host-first-staff = Beri tiap fasilitator undangan pribadi: mereka langsung masuk dan membuka pertemuan.
host-first-invite = Beri yang lain tautan peserta: tautan itu menuju pintu, lalu fasilitator membukakan.
host-first-go = Buat ruang pertama
host-search = Cari judul
host-search-found = { $count ->
    [0] tidak ada ruang dengan judul itu
   *[other] { $count } ruang
 }

## What needs the host

host-needs = Perlu kamu
host-needs-none = Tidak ada untuk saat ini. Kalau ada yang perlu kamu, muncul di sini.
host-needs-stay = Yang baru muncul di bawah. Tidak ada yang bergeser sendiri.
host-needs-sort = Urutkan ulang
host-needs-said = { $count } ruang perlu kamu.
host-needs-solved = Sudah teratasi.
host-needs-lost = Sambungan fasilitator terputus. Ruang ditahan, semua tersimpan.
host-needs-alone = Ada orang di sini, dan belum ada yang memandu.
host-needs-door = { $count ->
    [1] 1 orang di pintu, { $minutes ->
        [0] kurang dari semenit.
       *[other] sudah { $minutes } menit.
     }
   *[other] { $count } orang di pintu, { $minutes ->
        [0] semua kurang dari semenit.
       *[other] yang terlama { $minutes } menit.
     }
 }
host-needs-away = Sambungan yang sedang berbagi terputus. Waktunya berhenti.
host-needs-over = Ada giliran yang lewat waktu dan belum diakhiri.
host-needs-hand = { $count ->
    [1] Satu tangan sudah menunggu { $minutes } menit.
   *[other] { $count } tangan, yang terlama menunggu { $minutes } menit.
 }
host-needs-agreement = { $count } orang di dalam belum menyetujui kesepakatan yang baru.
host-needs-links = Buka tautan ruang
host-chip-alone = tanpa fasilitator
host-chip-door = pintu menunggu
host-chip-away = yang berbagi terputus
host-chip-over = lewat waktu
host-chip-hand = lama menunggu
host-chip-agreement = belum menyetujui
host-age-now = baru saja
host-age-minutes = { $minutes } mnt
host-age-hours = { $hours } jam

## A room in numbers

host-state-doors = belum dimulai
host-state-open = sedang berlangsung
host-calm = tenang
host-announced = ada pengumuman tampil
host-not-begun = belum dimulai
host-part = tahap { $n } dari { $of }
host-phase = Tahap: { $phase }
host-doors-opens = Pintu dibuka { $when }
host-doors-empty = Belum ada orang di sini
host-doors-led = Belum dimulai, yang memandu sudah di sini
host-doors-unopened = Belum ada yang membuka pertemuan
host-hold-paused = Dijeda: semua diam
host-hold-lost = Ditahan: giliran dan antrean tersimpan
host-hold-bell = Lonceng: satu napas untuk semua
host-hold-silence = Hening bersama
host-hold-break = Istirahat
host-speaking-left = { $minutes ->
    [0] Seseorang berbagi, kurang dari semenit lagi
   *[other] Seseorang berbagi, sekitar { $minutes } menit lagi
 }
host-voices = { $count } suara dalam obrolan bebas
host-floor-free = Belum ada yang berbagi saat ini
host-floor-offered = Giliran sedang ditawarkan
host-floor-speaking = Seseorang berbagi
host-floor-grace = Seseorang menyelesaikan pikirannya
host-floor-over = Ada giliran yang lewat waktu
host-floor-paused = Giliran dijeda
host-floor-suspended = Yang berbagi sedang menyambung kembali
host-floor-silent = Hening sejenak di dalam giliran
host-floor-question = Ada pertanyaan, waktu giliran berhenti
host-people = { $count ->
    [0] belum ada orang
   *[other] { $count } orang
 }
host-reconnecting = { $count } menyambung kembali
host-round = putaran, { $had } dari { $size }
host-round-again = sekali lagi keliling, { $had } dari { $size }
host-leads-nobody = belum dipandu
host-leads-count = { $count } memandu

## One room

host-now = Sekarang
host-enter = Masuk ke ruang
host-enter-tab = (di tab baru)
host-enter-seen = Semua yang di dalam melihat kamu masuk.
host-section-links = Tautan
host-section-agreement = Kesepakatan
host-section-schedule = Jadwal
host-section-format = Format
host-section-limits = Batas
host-section-announce = Umumkan
host-section-print = Lembar cetak
host-section-edit = Judul dan pertanyaan
host-tool-announce = Umumkan
host-staff = Yang memandu
host-staff-now = { $count ->
   *[other] Memandu sekarang: { $names }
 }
host-staff-none = Belum ada yang memandu.
host-staff-invites = { $count } undangan untuk memandu masih terbuka
host-send = Kirim fasilitator
host-sent = Undangannya siap.
host-sent-text = Berikan ke satu orang. Undangan ini membuka ruang selama 12 jam, dan mereka langsung masuk.
host-sent-done = Selesai
host-invite-show = Tampilkan
host-invite-hide = Sembunyikan
host-qr = Untuk kamera: { $name }
host-clone = Buat salinan
host-clone-text = Ruang baru seperti ini: format, jadwal, kesepakatan, pertanyaan, batas. Orang dan tautannya tetap di sini.
host-clone-title = { $title } (salinan)
host-endings = Tutup atau hapus
host-close = Tutup pertemuan
host-close-text = Semua yang di dalam mendapat salam penutup, dan semua tentang pertemuan ini dihapus. Ruang dan tautannya tetap ada untuk pertemuan berikutnya.
host-close-sure = Tutup pertemuan untuk semua
host-closed = Pertemuan di “{ $title }” sudah ditutup.
host-delete = Hapus ruang
host-delete-text = Pertemuannya berakhir untuk semua orang, dan ruang beserta tautannya hilang.
host-delete-sure = Hapus ruang selamanya
host-deleted = Ruang “{ $title }” sudah dihapus.

## Making rooms

host-new-count = Berapa ruang
host-new-count-hint = Lebih dari satu, kalau kelompoknya bertemu bersamaan.
host-new-count-several = Dari “{ $first }” sampai “{ $last }”, semuanya sama.
host-new-go-several = Buat { $count } ruang
host-created-several = { $count } ruang sudah dibuat.
host-created-some = { $made } dari { $count } sudah dibuat. Tekan lagi untuk sisanya.

## On paper

host-print-all = Cetak tautan
host-print-text = { $count ->
    [1] Satu halaman berisi tautan peserta, gambarnya untuk kamera, dan cara masuk, dalam dua bahasa.
   *[other] Satu halaman untuk tiap ruang ({ $count } ruang): tautan peserta, gambarnya untuk kamera, dan cara masuk, dalam dua bahasa.
 }
host-print-secret = Siapa pun yang menemukan lembar ini bisa sampai ke pintu. Perbarui tautannya kalau terlalu banyak yang datang.
host-print-titled = Dengan judul ruang
host-print-titled-hint = Hilangkan di tempat orang lain bisa membacanya.
host-print-go = Cetak
host-print-qr = Tautan untuk kamera
host-print-without = { $count } ruang tidak punya tautan peserta yang terbuka, jadi dilewati.

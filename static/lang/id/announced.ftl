### Pengumuman penyelenggara untuk semua yang ada di dalam. `text` adalah kata-kata penyelenggara.

announced-from = Dari penyelenggara:
announced-title = Dari penyelenggara
announced-said = Dari penyelenggara: { $text }
announced-whom = Semua orang di ruang ini bisa membacanya. Kamu boleh menutupnya untuk dirimu sendiri.
announced-away = Tutup pengumuman
announced-gone = Pengumuman ini sudah tidak ditampilkan.

### The host page.

host-title = Ruang-ruangmu
host-lead = Buat ruang, bagikan tautannya, dan lihat dari luar apakah semua baik. Hanya angka; untuk melihat lebih, masuklah, dan orang akan melihatmu.
host-token-title = Halaman penyelenggara
host-token-text = Buka tautan penyelenggara yang dicetak server, atau tempel kodenya di sini.
host-token-label = Kode penyelenggara
host-token-go = Masuk
host-token-wrong = Kode ini tidak cocok.
host-offline = Server tidak terjangkau. Angka di bawah mungkin sudah lama; kami terus mencoba.
host-new = Ruang baru
host-new-title = Judul
host-new-title-hint = Terlihat oleh yang sudah masuk, tidak oleh yang di pintu.
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
host-none = Belum ada ruang. Buat yang pertama.
host-state-doors = pintu
host-state-open = sedang berlangsung
host-line-doors = Belum dimulai
host-line-speaking = Ada yang sedang berbagi
host-line-over = Ada giliran yang lewat waktu
host-line-quiet = Tidak ada yang sedang berbagi
host-nobody-leads = Tidak ada fasilitator di dalam
host-people = { $count ->
    [0] belum ada orang
   *[other] { $count } orang
 }
host-door = { $count ->
    [0] pintu sepi
   *[other] { $count } di pintu
 }
host-hands = { $count ->
    [0] tidak ada tangan
   *[other] { $count } tangan
 }
host-longest = { $minutes ->
    [0] terlama kurang dari semenit
   *[other] terlama { $minutes } menit
 }
host-links = Tautan
host-links-show = Tampilkan tautan
host-links-hide = Sembunyikan tautan
host-links-about = Siapa pun yang memegang tautan bisa memakainya. Tautan peserta menuju pintu; yang lain langsung masuk.
host-enter = Masuk
host-delete = Tutup dan hapus
host-delete-sure = Sungguh tutup dan hapus?
host-delete-text = Pertemuannya berakhir untuk semua orang, dan ruangnya hilang.
host-delete-no = Tidak jadi
host-deleted = Ruang “{ $title }” sudah ditutup dan dihapus.
host-problem-title-invalid = Judul: 1 sampai 80 huruf yang terlihat.
host-problem-agreement-invalid = Kesepakatannya terlalu panjang atau berisi tanda tersembunyi.
host-problem-questions-invalid = Tiap pertanyaan paling banyak 200 huruf yang terlihat.
host-problem-not-found = Ruang itu sudah tidak ada.
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

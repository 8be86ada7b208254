### Datang, halaman penuh, dan halaman tuan rumah. Kata-kata ruang ada di room.ftl.

page-ordinal = ke-{ $n }
page-moment = Sebentar…
page-quick-exit = Keluar cepat
page-reason = Alasan yang ditulis untukmu:

page-no-entry-title = Ruang ini tidak bisa dibuka
page-no-entry-text = Tautannya mungkin sudah berakhir, diganti, atau belum waktunya. Mintalah tautan baru ke orang yang mengundangmu.
page-no-entry-act = Coba lagi
page-no-link-title = Tautannya belum lengkap
page-no-link-text = Bukalah sekali lagi tautan yang dikirim kepadamu, utuh sampai huruf terakhir.
page-removed-title = Kamu tidak lagi di ruang ini
page-removed-text = Fasilitator mengakhiri kehadiranmu di pertemuan ini. Tempatmu sudah dilepas, dan tidak ada yang disimpan tentangmu.
page-declined-title = Kali ini pintunya tidak dibukakan
page-declined-text = Fasilitator memilih tidak membukakan pintu untuk pertemuan ini. Tidak ada yang disimpan tentangmu.
page-elsewhere-title = Kamu sekarang hadir di tempat lain
page-elsewhere-text = Tempatmu dibuka di perangkat atau tab lain, jadi di sini berhenti. Tidak ada yang hilang.
page-elsewhere-act = Lanjutkan di sini
page-closed-title = Pertemuan sudah selesai
page-closed-text = Terima kasih sudah hadir. Nama, kata, dan suara dari pertemuan ini sudah tidak ada.
page-left-title = Kamu sudah keluar
page-left-text = Terima kasih sudah datang. Tempatmu sudah dilepas, dan tab ini sudah lupa. Kapan pun mau kembali, buka lagi tautanmu.
page-strikes-title = Halaman ini perlu dimuat ulang
page-strikes-text = Ada yang tidak beres dengan sambungannya, bukan salahmu.
page-strikes-act = Muat ulang
page-reload-title = Halaman ini perlu dimuat ulang
page-reload-text = Server sudah diperbarui, dan peramban ini masih memegang halaman lama.
page-reload-act = Muat ulang

## Datang

join-steps = Langkah masuk
join-step-name = Nama
join-step-agreement = Kesepakatan
join-step-sound = Suara
join-step-waiting = Menunggu
join-next = Langkah berikutnya
join-returning = Kembali ke tempatmu
join-returning-text = Sebentar, tempatmu disimpan.
join-no-connection = Belum tersambung. Kami terus mencoba, tidak ada yang perlu kamu lakukan.

join-name-title = Kamu diundang ke sebuah lingkar
join-name-lead = Di sini satu suara terdengar pada satu waktu. Kamu boleh berbagi, dan boleh juga hanya mendengarkan.
join-name-label = Mau dipanggil siapa?
join-name-hint = Nama samaran boleh. Hanya dipakai selama pertemuan ini, dan dihapus setelah selesai.
join-name-go = Lanjut ke kesepakatan

join-agreement-title = Kesepakatan bersama
join-agreement-lead = Setiap orang membacanya dulu, sebelum masuk ke lingkar.
join-agreement-changed = Sementara itu kesepakatannya berubah. Bacalah sekali lagi.
join-agreement-lead-open = Pintu sudah dibukakan untukmu. Kamu masuk setelah membaca dan setuju.
join-policy-general-experience-only = Hanya pengalaman umum yang dibawa pulang
join-policy-general-experience-only-text = Boleh bercerita bahwa kamu hadir dan apa yang kamu pelajari. Siapa yang hadir dan apa yang mereka katakan tetap di sini.
join-policy-stays-in-the-room = Yang dikatakan di sini tetap di sini
join-policy-stays-in-the-room-text = Bawa pulang pelajarannya, bukan cerita atau nama orang.
join-policy-full-disclosure = Yang dikatakan di sini boleh diceritakan
join-policy-full-disclosure-text = Kelompok ini terbuka: apa pun yang kamu katakan boleh dibawa ke luar, juga namamu di sini.
join-rule-one-voice = Satu suara pada satu waktu
join-rule-one-voice-text = Server yang menjaga urutannya, jadi tidak ada yang perlu berebut.
join-rule-microphone = Mikrofonmu tertutup sampai kamu membukanya
join-rule-microphone-text = Orang lain tidak bisa. Saat giliranmu, terlihat berapa orang yang mendengar.
join-rule-silence = Diam juga selalu boleh
join-rule-silence-text = Tidak ada yang disuruh bicara, dan tidak perlu alasan.
join-rule-passing = Melewati giliran tidak pernah ditandai
join-rule-passing-text = Giliran ditawarkan, bukan diwajibkan. Boleh nanti saja, boleh juga tidak.
join-rule-place = Tempatmu menunggumu
join-rule-place-text = Kalau sambungan terputus, tempat dan antreanmu tetap ada.
join-own-words = Kata-kata kelompok ini sendiri
join-keeps = Apa yang disimpan, dan apa yang tidak bisa kami janjikan
join-keeps-memory = Selama pertemuan, server hanya mengingat nama panggilanmu, tempatmu, dan urutan giliran. Setelah pertemuan selesai, semuanya dihapus. Suara langsung diteruskan, tidak pernah disimpan.
join-keeps-disk = Nama, kata, dan jawabanmu tidak pernah ditulis ke cakram atau catatan. Tab ini mengingat tautan dan namamu sampai kamu keluar.
join-keeps-cannot = Kami tidak bisa mencegah orang lain merekam dengan alatnya sendiri. Siapa pun yang menjalankan server ini bisa mengubah programnya.
join-agree = Aku setuju
join-back = Kembali ke kesepakatan
join-wait = Masuk ke ruang tunggu
join-come-in = Masuk
join-disagree = Belum, keluar saja

join-waiting-title = Kamu sudah sampai, { $name }
join-waiting-text = Seorang fasilitator akan membukakan pintu untukmu. Tidak ada yang perlu kamu lakukan.
join-waiting-second = Sudah ada yang masuk dengan tautan fasilitator. Seorang fasilitator atau tuan rumah akan memastikan bahwa ini kamu.
join-waiting-offline = Sambungan terputus. Tempatmu disimpan, dan kami terus mencoba.
join-leave = Keluar
join-questions-title = Kalau mau, ceritakan sedikit
join-questions-hint = Hanya yang membukakan pintu yang membaca. Tidak disimpan, dan boleh dikosongkan.
join-answer = Kirim
join-answered = Terima kasih, jawabanmu sudah sampai.
join-answer-again = Ubah jawaban

## Perintah yang ditolak: satu kalimat di samping tombolnya

refused-offline = Sedang tidak tersambung. Ini belum terkirim.
refused-slow = Belum ada jawaban dari server. Coba sekali lagi.
refused-internal = Itu tidak berhasil, bukan salahmu. Coba lagi.
refused-malformed = Itu tidak berhasil, bukan salahmu. Coba lagi.
refused-not-now = Belum bisa disimpan, jadi tidak ada yang berubah. Coba lagi sebentar lagi.
refused-too-fast = Terlalu cepat untuk server. Tunggu sebentar, lalu coba lagi.
refused-reload = Halaman ini perlu dimuat ulang.
refused-no-entry = Tautan ini tidak bisa membuka ruang.
refused-name-empty = Tulis nama panggilan dulu, nama samaran juga boleh.
refused-name-invalid = Nama ini tidak bisa dipakai: 1 sampai 40 huruf yang terlihat, tanpa tanda tersembunyi.
refused-forbidden = Itu bukan bagianmu di ruang ini.
refused-not-admitted = Pintunya belum dibuka untukmu.
refused-not-agreed = Kesepakatan dulu, baru yang lain.
refused-stale = Keadaannya sudah berubah. Lihat lagi sebentar.
refused-not-open = Pertemuan belum dimulai.
refused-held = Ruang sedang ditahan. Sebentar lagi lanjut.
refused-not-held = Ruang sudah berjalan lagi.
refused-not-acting = Hanya yang menggantikan yang bisa mengembalikan tugas ini.
refused-not-named = Belum ada yang ditunjuk menggantikan.
refused-leads = Fasilitator tidak perlu ditunjuk lagi.
refused-already-open = Pertemuan sudah dimulai.
refused-not-yours = Itu milik orang lain.
refused-no-seat = Orang itu sudah tidak di sini.
refused-not-here = Orang itu sedang tidak tersambung.
refused-waiting = Orang itu masih di pintu.
refused-not-waiting = Orang itu sudah di dalam.
refused-name-taken = Namanya mirip nama fasilitator. Mintalah memakai nama lain.
refused-hand-up = Sudah ada satu tangan yang naik.
refused-no-hand = Tangannya sudah tidak naik.
refused-has-floor = Yang sedang mendapat giliran tidak perlu mengangkat tangan.
refused-kind-off = Jenis tangan ini tidak dipakai di ruang ini.
refused-queue-closed = Antrean sedang ditutup. Tangan untuk hal ruang tetap bisa.
refused-queue-open = Antrean sudah terbuka.
refused-nobody-behind = Tidak ada yang menunggu di belakang.
refused-no-turn = Giliran itu sudah tidak ada.
refused-not-running = Giliran itu sedang tidak bisa diubah begitu.
refused-not-paused = Giliran itu tidak sedang dijeda.
refused-out-of-range = Waktunya di luar yang dibolehkan ruang ini.
refused-enough = Tawaran ini tidak bisa diperpanjang lagi.
refused-no-questions = Tidak ada pertanyaan untuk dijawab.
refused-no-audio = Server ini belum meneruskan suara.
refused-self = Itu tidak bisa untuk diri sendiri.

## Halaman awal

index-title = Satu suara, satu waktu
index-text = Lingkar adalah ruang mendengarkan untuk pertemuan jarak jauh: satu suara terdengar pada satu waktu, dalam urutan yang terlihat semua orang. Kamu masuk lewat tautan, tanpa akun, dan nama samaran boleh.
index-label = Tempel tautanmu di sini
index-hint = Tautannya dikirim oleh orang yang mengundangmu.
index-go = Buka
index-wrong = Ini bukan tautan ruang. Tautan ruang berisi /r/ dan tanda #.
index-other-place = Tautan ini milik alamat lain: { $host }. Bukalah langsung di peramban.

## Halaman tuan rumah

host-title = Ruang-ruangmu
host-lead = Buat ruang, bagikan tautannya, dan lihat dari luar apakah semua baik. Hanya angka; untuk melihat lebih, masuklah, dan orang akan melihatmu.
host-token-title = Halaman tuan rumah
host-token-text = Buka tautan tuan rumah yang dicetak server, atau tempel kodenya di sini.
host-token-label = Kode tuan rumah
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
host-links-about = Siapa pun yang memegang tautan bisa memakainya. Tautan peserta menuju pintu; dua yang lain langsung masuk.
host-link-participant = Peserta
host-link-facilitator = Fasilitator
host-link-host = Tuan rumah
host-copy = Salin
host-copied = Tersalin
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

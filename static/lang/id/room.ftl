### The room. What only those who lead read is in lead.ftl.

room-circle = Lingkar
room-dock = Giliranmu
room-skip = Ke tombol besar
room-here = { $count } di sini
room-beyond = { $seats } di lingkar, dan { $more } lagi mendengarkan
room-coming = { $more } orang baru akan duduk setelah giliran ini
room-state-doors = Belum dimulai
room-state-open = Terbuka
room-state-queue-closed = Terbuka · antrean ditutup
room-lost = Sambunganmu terputus.
room-lost-text = Tempat dan tanganmu disimpan.
room-restarting = Sebentar lagi kembali.
room-restarting-text = Semuanya disimpan, juga tempat dan tanganmu.

## In the middle of the circle

room-offline = Terputus
room-offline-what = sambunganmu terputus, ini yang terakhir terlihat
room-restarting-what = semuanya disimpan, kembali dengan sendirinya
room-doors = Belum dimulai
room-doors-what = fasilitator akan membuka lingkar
room-doors-lead = buka lingkar kalau kamu sudah siap
room-first = Kamu yang pertama di sini
room-free = Belum ada yang bicara
room-free-what = kalau mau, angkat tangan
room-free-closed = antrean ditutup sementara
room-quiet = Hening
room-quiet-what = sejenak, sebelum yang berikutnya
room-for-you = Untukmu
room-for-you-what = tongkat bicara menunggumu
room-yours = Giliranmu
room-yours-what = pelan-pelan saja
room-yours-warning = selesaikan pikiranmu
room-yours-grace = selesaikan pikiranmu, tidak usah buru-buru
room-yours-over = akhiri kapan pun kamu siap
room-yours-paused = giliranmu disimpan, waktunya berhenti
room-yours-kept = giliranmu disimpan, lanjutkan kalau sudah siap
room-offered = ditawari giliran
room-shares = sedang berbagi
room-grace = menyelesaikan pikirannya
room-still = Ruang dijeda
room-still-what = Semua tersimpan, sebentar lagi lanjut.
room-still-yours = Giliranmu tersimpan, waktumu berhenti.
room-held = Ditahan
room-held-what = Sambungan fasilitator terputus. Semua tersimpan.
room-bell-what = Ada yang membunyikan lonceng. Satu napas, lalu lanjut.
room-together-what = bersama, sampai lonceng berbunyi
room-break = Istirahat
room-break-over = waktunya kembali, pelan-pelan
room-break-back = kamu sudah kembali, kita tunggu yang lain
room-silent = diam sejenak
room-silent-yours = waktumu berhenti, diamlah selama kamu perlu
room-question = { $name } bertanya
room-question-what = waktu { $name } berhenti
room-question-yours = sementara itu waktumu berhenti
room-question-mine = Pertanyaanmu
room-question-offered = boleh bertanya sekarang
room-asking = minta waktu sedikit lagi
room-asking-yours = kelompok sedang ditanya
room-declined = kelompok siap lanjut
room-hard = giliranmu selesai saat waktunya habis
room-hard-offered = giliran selesai saat waktunya habis
room-extra-offered = giliran sekarang { $left } lebih lama, untuk semua
room-given = menerima tongkat bicara
room-round = Putaran berjalan
room-round-what = melewati juga selalu boleh
room-open = Bebas bicara
room-open-what = { $count } dari { $of } suara
room-open-free = siapa saja boleh mulai
room-paused = Jeda
room-paused-what = Waktu { $name } berhenti. Satu napas, lalu lanjut.
room-suspended = sedang menyambung kembali
room-back = sudah kembali, sebentar lagi lanjut
room-suspended-clock = waktunya berhenti, tempatnya tetap
room-exact = { $left } lagi dari { $budget }
room-exact-offer = menunggu jawaban, { $left }
room-exact-over = lewat waktunya, +{ $past }
room-exact-kept = disimpan { $left } lagi

time-minutes-left = sekitar { $minutes } menit lagi
time-under-a-minute = kurang dari satu menit
time-seconds-left = { $seconds } detik lagi
time-just-now = baru saja
time-minutes = { $minutes } mnt

## The large button and the line above it

button-reconnect = Sambungkan lagi sekarang
button-reconnect-sub = mencoba sendiri tiap beberapa detik
button-start = Giliranmu: mulai
button-start-sub = semua melihat ini giliranmu
button-opens = { $count ->
    [0] mikrofon terbuka, belum terdengar
   *[other] mikrofon terbuka, { $count } mendengar
 }
button-unheard = tanpa mikrofon: tidak terdengar
button-not-yet = belum ada suara: tidak terdengar
button-microphone = Buka mikrofon lagi
button-resume-room = Lanjutkan ruang
button-resume-room-sub = semua masih di tempatnya
button-resume = Lanjutkan giliranmu
button-resume-sub = waktumu disimpan
button-finish = Aku selesai
button-finish-paused = atau tunggu, waktumu berhenti
button-open = Buka lingkar
button-open-sub = setelah itu tangan bisa diangkat
button-more = Beri 1 menit lagi
button-more-sub = untuk giliran { $name } ini
button-keep-offer = Biarkan tawaran terbuka
button-keep-offer-sub = 20 detik lagi untuk { $name }
button-offer = Tawarkan ke { $name }
button-next = Setelah ini giliranmu
button-next-sub = ketuk kalau ingin mundur dulu
button-lower = Turunkan tangan
button-lower-sub = kamu urutan { $place }
button-lower-next = setelah ini giliranmu
button-raise = Angkat tangan
button-raise-process = Angkat tangan untuk hal ruang
button-kinds = Tangan untuk hal lain, dan catatan
button-wait-doors = Belum dimulai
button-wait-doors-sub = tidak ada yang perlu kamu lakukan
button-wait = Cukup mendengarkan
button-wait-still = semua tersimpan, sebentar lagi lanjut
button-wait-sub = tidak ada yang perlu kamu lakukan
button-wait-back = giliranmu disimpan
button-wait-break = istirahat: tidak ada yang perlu kamu lakukan
button-start-question = Silakan bertanya: mulai
button-speak = Lanjut bicara
button-speak-sub = saat itu waktumu berjalan lagi
button-ready = Aku kembali
button-ready-sub = { $back } dari { $of } sudah kembali
button-end-silence = Lanjut sekarang
button-silence-sub = sebentar lagi selesai sendiri
button-fine = Boleh lanjut
button-fine-sub = tanpa nama, { $seconds } detik
button-enough = Cukup
button-join = Ikut bicara
button-pass-round = Lewati nanti
button-pass-round-sub = { $before } orang lagi sebelum kamu
button-raise-open = semua suara terpakai

stat-listening = Kamu mendengarkan
stat-unheard = Kamu berbagi tanpa mikrofon
stat-silent = Kamu hadir tanpa suara
stat-hear = { $count ->
    [0] belum terdengar
   *[other] { $count } mendengar
 }
stat-kept = Tempatmu disimpan
stat-kept-place = Tersimpan: urutan { $place }

tool-people = Siapa di sini
tool-agreement = Kesepakatan
tool-leave = Keluar
tool-defer = Mundur dulu
tool-lower = Turunkan
tool-end = Akhiri giliran
tool-bell = Lonceng
tool-hand = Angkat tangan
tool-process = Soal ruang

offer-title = Giliran ini untukmu, kalau kamu mau
offer-calm = Ambil waktu yang kamu perlukan
offer-held = Giliran ini menunggumu
offer-late = Kalau sekarang belum pas, giliran lanjut dan tanganmu tetap
offer-round = Melewati juga boleh: di akhir kamu ditanya sekali lagi
offer-round-later = Sekarang, nanti sebentar, atau tidak sama sekali: semuanya boleh
offer-moment = Aku perlu waktu
offer-later = Nanti saja
offer-pass = Lewati

## Sound

mic-open = Mikrofonmu terbuka
mic-opening = Membuka mikrofonmu…
mic-closed = Mikrofonmu tertutup
mic-held = Perangkatmu menahan mikrofon: ada telepon, atau sakelar?
mic-rests = Mikrofonmu istirahat, terbuka lagi bersama giliranmu
mic-trouble = Mikrofon tidak terbuka.
sound-off = Ruang ini tanpa suara
sound-lost = Suara sedang kembali…
sound-blocked = Suara tidak bisa melewati jaringan ini. Kamu bisa mengikuti di layar.
sound-sleeps = Peramban menunggu satu ketukan.
sound-wake = Ketuk untuk mendengar
sound-again = Coba lagi
sound-settings = Pengaturan suara
sound-use = Pakai mikrofon
sound-title = Bagaimana kamu ingin hadir?
sound-lead = Ketiganya sama baiknya, dan bisa diganti kapan saja.
sound-ways = Cara hadir
sound-way-voice = Dengan suara
sound-way-voice-text = bicara saat giliranmu
sound-way-listen = Menyimak
sound-way-listen-text = mikrofonmu tetap mati
sound-way-silent = Tanpa suara
sound-way-silent-text = mengikuti di layar
sound-voice-calm = Kamu masuk dengan mikrofon tertutup. Hanya kamu yang bisa membukanya.
sound-listen-calm = Kamu mendengar semua. Mikrofonmu tidak diminta.
sound-silent-calm = Kamu melihat siapa yang berbagi dan apa yang terjadi. Tidak ada yang terdengar.
sound-try = Coba mikrofon
sound-try-stop = Cukup, berhenti
sound-speak = Bicaralah pelan. Belum ada yang mendengar.
sound-clear = Kamu terdengar jelas.
sound-quiet = Pelan sekali: mendekatlah sedikit.
sound-meter = Seberapa keras suaramu
sound-microphone = Mikrofon
sound-speaker = Pengeras suara
sound-usual = Yang biasa
sound-device = Perangkat { $n }
sound-tone = Putar nada lembut
sound-denied = Peramban tidak mengizinkan halaman ini memakai mikrofon. Izinkan lewat ikon di samping alamat, lalu coba lagi. Mendengarkan sama baiknya.
sound-no-microphone = Tidak ada mikrofon yang ditemukan. Pasang satu lalu coba lagi, atau masuk sambil mendengarkan.
sound-busy = Program lain sedang memakai mikrofon. Tutup di sana, lalu coba lagi.
sound-unplugged = Mikrofonnya lepas. Pasang lagi, atau pilih yang lain.
sound-insecure = Peramban membuka mikrofon hanya di alamat https. Tanyakan ke pengelola server ini; mendengarkan tetap bisa.
sound-unsupported = Peramban ini tidak mengenal suara seperti ini. Coba yang lain, atau ikuti di layar.
sound-no-speaker = Pengeras suara itu tidak bekerja. Yang biasa dipakai.

## Hands

queue-title = Antrean
queue-title-count = Antrean · { $count } tangan
queue-closed = Ditutup sementara
queue-empty = Belum ada tangan. Diam juga selalu boleh.
order-first-come = Yang dulu datang, dulu dapat
order-fair = Urutan adil
order-chosen = Dipilih fasilitator
order-circle = Sesuai urutan duduk
round-title = { $count ->
    [0] Putaran
   *[other] Putaran · { $count } orang lagi
 }
round-order = Sesuai urutan duduk
round-again = Sekali lagi, bagi yang mau
round-empty = Semua sudah ditanya.
ready-title = Yang sudah kembali
ready-back = sudah kembali
ready-empty = Belum ada. Masih istirahat.
kind-respond = Menanggapi
kind-question = Bertanya
why-first-come = sesuai urutan
why-process = soal ruang
why-called = dipanggil fasilitator
why-moved = dipindahkan fasilitator
why-later = kembali nanti
why-deferred = setelah yang berikutnya
why-returned = melanjutkan giliran
why-rests = menunggu sebentar
why-not-spoken = belum bicara
why-turns = { $turns } giliran
why-turns-minutes = { $turns } giliran, { $minutes } menit
why-choosing = menunggu dipilih
why-circle = sesuai urutan duduk
why-round = berikutnya di putaran
why-given = menerima tongkat

## People

people-open = Siapa di sini
people-you = Kamu
people-me = kamu
people-somebody = Seseorang
people-lost = menyambung kembali
people-left = sudah keluar
people-place = antrean { $place }
role-facilitator = fasilitator
role-host = penyelenggara

## Menu and leaving

menu-open = Menu: orang, kesepakatan, pengaturan, keluar
leave-title = Mau keluar?
leave-text = Kapan saja, tanpa alasan. Tempat dan tanganmu dilepas.
leave-text-lead = Tempat dan tanganmu dilepas. Pertemuan berjalan terus tanpamu.
leave-now = Keluar dari ruang
leave-erase = Keluar dan hapus sekarang yang disimpan server tentangku
leave-erase-text = Kalau tidak, angka tentang tempatmu tinggal sampai pertemuan selesai; namamu tidak pernah.
leave-stay = Tetap di sini

## Said aloud

said-in = Kamu di dalam lingkar.
said-in-doors = Kamu di dalam lingkar. Belum dimulai.
said-in-lead = Kamu di dalam lingkar. Buka kalau kamu sudah siap.
said-in-sharing = Kamu di dalam lingkar. { $name } sedang berbagi.
said-lost = Sambungan terputus, tempatmu disimpan.
act-hand-lowered = { $name } menurunkan tanganmu.
act-all-lowered = { $name } menurunkan semua tangan.
act-hand-moved = { $name } memindahkan tanganmu.
act-hand-moved-place = { $name } memindahkan tanganmu. Kamu sekarang urutan { $place }.
act-hand-added = { $name } mengangkatkan tangan untukmu.
act-turn-extended = { $name } memberimu waktu lagi.
act-turn-ended = { $name } mengakhiri giliranmu. Terima kasih.
act-offer-ended = { $name } menarik kembali tawarannya.
act-turn-paused = { $name } menjeda giliranmu. Waktumu berhenti.
act-turn-resumed = { $name } melanjutkan giliranmu.
said-back = Kamu tersambung lagi.
said-offered = Giliran ini untukmu, kalau kamu mau.
said-yours = Ini giliranmu.
said-mic-open = Mikrofonmu terbuka, { $count ->
    [0] belum ada yang mendengar.
   *[other] { $count } orang mendengar.
 }
said-mic-closed = Mikrofonmu tertutup.
said-mic-held = Perangkatmu menahan mikrofon. Kamu tidak terdengar.
said-sleeps = Untuk mendengar yang lain, tekan “Ketuk untuk mendengar”.
said-sound-back = Suara sudah kembali.
said-warning = { $seconds } detik lagi, selesaikan pikiranmu.
said-grace = Selesaikan pikiranmu, tidak usah buru-buru.
said-over = Akhiri giliranmu kapan pun kamu siap.
said-kept = Giliranmu disimpan.
said-yours-back = Giliranmu disimpan. Lanjutkan kalau sudah siap.
said-someone-back = { $name } sudah kembali.
said-on = Kita lanjut.
said-more-time = Waktumu ditambah.
said-ended = Giliranmu selesai. Terima kasih.
said-passed = Kamu melewatkan giliran. Itu selalu boleh.
said-later = Giliran lanjut, tanganmu tetap.
said-sharing = { $name } berbagi.
said-still = Ruang dijeda. Semua tersimpan.
said-lead-lost = Sedang tidak ada fasilitator. Semua tersimpan, dan lanjut begitu salah satu kembali.
said-goes-on = Ruang lanjut lagi.
said-you-lead = Kamu menggantikan fasilitator: sekarang kamu yang menjaga urutan.
said-gave-back = Tugas itu sudah kamu kembalikan.
said-took-over = { $name } menggantikan, dan sekarang menjaga urutan.
said-successor = Kamu ditunjuk untuk menggantikan kalau fasilitator terputus.
said-paused = Jeda, satu napas.
said-suspended = { $name } sedang menyambung kembali.
said-lead-over = Waktu { $name } sudah lewat.
said-quiet = Hening, sejenak.
said-free = Belum ada yang bicara.
said-hand-up = Tanganmu naik. Kamu urutan { $place }.
said-hand-down = Tanganmu turun.
said-next = Setelah ini giliranmu.
said-place = Kamu sekarang urutan { $place }.
said-open = Lingkar dibuka.
said-queue-open = Antrean dibuka lagi.
said-queue-closed = Antrean ditutup sementara.
said-came = { $name } datang.
said-came-many = { $count } orang baru datang.
said-left = { $name } keluar.
said-left-many = { $count } orang keluar.
said-door = { $name } menunggu di pintu.
said-door-many = { $count } orang menunggu di pintu.

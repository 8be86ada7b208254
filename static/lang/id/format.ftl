### Picking and editing a format: on the host page and, for those who lead, in the room.

edit-pick = Jalannya pertemuan
edit-planned = { $count ->
   *[other] sekitar { $count } menit
 }
edit-planned-more = { $count ->
   *[other] { $count } menit dan waktu bebas
 }
edit-planned-open = selama yang kalian mau
edit-minutes = { $length } mnt
edit-each = { $length } mnt per orang
edit-each-equal = waktu yang sama untuk semua
edit-agenda-step = { $phase } { $times }
edit-phase-count = { $count ->
   *[other] { $count } fase
 }
edit-own = Formatmu sendiri
edit-own-text = Dengan perubahannya sendiri.
edit-copy = Salin dan ubah
edit-copy-sure = Tekan sekali lagi: punyamu yang tadi diganti
edit-copied = Disalin dari “{ $name }”. Ubah sesukamu.
edit-go-on = Ubah
edit-close = Tutup penyunting
edit-file = Dari berkas TOML
edit-file-read = “{ $name }” sudah masuk. Periksa dulu, lalu simpan.
edit-file-refused = { $count ->
    [1] Berkas ini belum menjadi format. Satu hal belum cocok:
   *[other] Berkas ini belum menjadi format. { $count } hal belum cocok:
 }
edit-file-line = Baris { $line }:
edit-toml = Sebagai berkas TOML
edit-toml-unread = Ada isian yang belum bisa dibaca.
edit-toml-copy = Salin
edit-toml-copied = Tersalin
edit-toml-save = Unduh
edit-format-title = Nama formatmu
edit-format-title-hint = Dibaca semua orang. Kosong: nama format yang kamu salin.
edit-phases = Fase, satu demi satu
edit-place = { $place }. { $name }
edit-up = Pindahkan “{ $name }” naik
edit-down = Pindahkan “{ $name }” turun
edit-remove = Hapus “{ $name }”
edit-moved = “{ $name }” sekarang { $place } dari { $count }.
edit-removed = “{ $name }” sudah dihapus.
edit-put-back = Kembalikan
edit-put-back-said = “{ $name }” sudah kembali.
edit-add-which = Fase lain
edit-add = Tambah
edit-added = “{ $name }” sekarang yang terakhir, nomor { $place }.
edit-full = Satu format paling banyak { $count } fase.
edit-faults = { $count ->
    [1] Satu hal belum cocok
   *[other] { $count } hal belum cocok
 }
edit-rare = Jarang diperlukan

edit-title = Nama fase
edit-title-hint = Kosong: kata yang biasa untuk fase ini.
edit-prompt = Kata-kata untuk semua
edit-prompt-hint = Tampil selama fase berlangsung: pertanyaan, ajakan, pengingat. Boleh kosong.
edit-prompt-usual = Tampil selama fase berlangsung. Kosong: “{ $words }”
edit-floor = Cara giliran berpindah
edit-floor-queue = Angkat tangan
edit-floor-queue-text = Orang mengangkat tangan dan ditawari giliran menurut antrean.
edit-floor-round = Putaran
edit-floor-round-text = Semua ditawari giliran satu kali, menurut tempat duduk. Melewatkan selalu boleh.
edit-floor-open = Bebas bicara
edit-floor-open-text = Beberapa orang sekaligus, tanpa antrean selama masih ada tempat.
edit-floor-silence = Hening
edit-floor-silence-text = Hening bersama, dengan lonceng di awal dan di akhir.
edit-floor-break = Istirahat
edit-floor-break-text = Istirahat; setiap orang memberi tahu kalau sudah kembali.
edit-order = Siapa berikutnya
edit-order-first-come = Yang datang lebih dulu
edit-order-first-come-text = Menurut urutan tangan diangkat.
edit-order-fair = Urutan adil
edit-order-fair-text = Yang belum bicara, lalu yang paling sedikit bicara.
edit-order-chosen = Fasilitator yang memilih
edit-order-chosen-text = Tangan berurut seperti diangkat, dan tidak ada yang ditawarkan dengan sendirinya.
edit-order-circle = Menurut tempat duduk
edit-order-circle-text = Mengelilingi lingkar, mulai dari yang terakhir bicara.
edit-responses = Tanggapan
edit-responses-none = Tidak ada
edit-responses-none-text = Yang dibagikan berdiri sendiri.
edit-responses-after = Sesudahnya
edit-responses-after-text = Tanggapan dan pertanyaan punya giliran sendiri.
edit-responses-inside = Pertanyaan juga di dalam giliran
edit-responses-inside-text = Yang bicara boleh mengizinkan satu pertanyaan; waktunya berhenti sementara itu.
edit-text = Tulisan
edit-text-none = Tidak ada
edit-text-none-text = Semuanya diucapkan. Hanya tangan soal ruang yang boleh membawa catatan.
edit-text-notes = Catatan bersama tangan
edit-text-notes-text = Pendek, dan hanya dibaca fasilitator.
edit-kinds = Tangan boleh untuk
edit-kinds-share = cerita sendiri
edit-kinds-respond = tanggapan
edit-kinds-question = pertanyaan
edit-kinds-hint = Tangan soal ruang (tidak terdengar, perlu istirahat) selalu bisa.
edit-kinds-hint-inside = Pertanyaan bisa diajukan. Tangan soal ruang selalu bisa.
edit-question = Lama satu pertanyaan, dalam menit
edit-turn = Lama satu giliran, dalam menit
edit-turn-hint = Misalnya 3, atau 2:30.
edit-equal = Bagi rata waktu yang direncanakan
edit-equal-hint = Lama yang direncanakan dibagi untuk semua yang hadir, paling banyak selama satu giliran.
edit-ending = Ketika waktu giliran habis
edit-ending-soft = Berakhir pelan-pelan
edit-ending-soft-text = Ada waktu menyelesaikan pikiran, lalu fasilitator memutuskan.
edit-ending-hard = Berakhir tepat saat itu
edit-ending-hard-text = Hanya kalau kelompok memilihnya. Semua diberi tahu sebelumnya.
edit-clock = Cara waktu diberitahukan
edit-clock-soft = Dengan kata-kata
edit-clock-soft-text = “Sekitar dua menit lagi.”
edit-clock-exact = Dalam menit dan detik
edit-clock-exact-text = Semua melihat jam yang pasti.
edit-warning = Pengingat sebelum habis, dalam detik
edit-grace = Waktu menyelesaikan pikiran, dalam detik
edit-asked = Kelompok bisa memberi waktu tambahan
edit-asked-hint = Yang bicara meminta, semua menjawab tanpa nama.
edit-consent = Berapa lama tambahannya, dalam menit
edit-consent-silence = Tidak menjawab berarti
edit-consent-silence-yes = Boleh lanjut
edit-consent-silence-no = Cukup
edit-consent-for = Berapa lama kelompok ditanya, dalam detik
edit-pause = Hening setelah satu giliran, dalam detik
edit-give = Yang bicara boleh menyerahkan tongkat bicara kepada seseorang
edit-give-hint = Orang itu ditawari; boleh juga melewatkannya.
edit-voices = Berapa suara sekaligus
edit-second-sweep = Yang melewatkan ditanya sekali lagi di akhir
edit-bell = Semua boleh membunyikan lonceng jeda
edit-bell-hint = Satu napas untuk seluruh ruang, lalu lanjut.
edit-box = Lama yang direncanakan, dalam menit
edit-box-hint = Tidak ada yang dipotong kalau waktunya lewat. Kosong: bebas. Hening benar-benar berakhir saat itu; istirahat menanyakan siapa yang sudah kembali.
edit-moves-on = Siapa yang melanjutkan ke fase berikutnya
edit-moves-on-lead = Fasilitator
edit-moves-on-anyone = Semua orang
edit-moves-on-anyone-text = Fasilitator juga selalu boleh.
edit-moves-on-itself = Lanjut dengan sendirinya
edit-moves-on-itself-text = Ketika putaran atau hening selesai, atau semua sudah kembali.
edit-name = Nama pendek, untuk berkas
edit-name-hint = Huruf kecil, angka dan tanda hubung; diawali huruf. Nama yang umum membawa kata-katanya sendiri.
edit-hush = Berapa lama yang bicara boleh diam sejenak, dalam menit
edit-breath = Berapa lama lonceng menjeda ruang, dalam detik
edit-automatic-offers = Giliran ditawarkan dengan sendirinya ketika kosong
edit-offer = Berapa lama tawaran menunggu, dalam detik
edit-rest = Berapa lama tangan beristirahat setelah “nanti saja”, dalam detik
edit-window = Berapa lama giliran disimpan saat sambungan terputus, dalam menit
edit-unled = Berapa lama boleh tanpa fasilitator sebelum ruang menunggu, dalam detik

edit-wrong-title = { $count ->
    [1] Satu hal belum cocok. Tidak ada yang kamu ketik hilang.
   *[other] { $count } hal belum cocok. Tidak ada yang kamu ketik hilang.
 }
edit-wrong-in = { $where }: { $why }
edit-wrong-number = Sebuah angka, seperti 3 atau 2:30.
edit-wrong-syntax = Ini tidak bisa dibaca sebagai berkas TOML.
edit-wrong-unknown = Server tidak punya yang bernama itu.
edit-wrong-range = Dari { $low } sampai { $high }.
edit-wrong-count = Satu format punya { $low } sampai { $high } fase.
edit-wrong-name = Huruf kecil, angka dan tanda hubung, paling banyak 40; diawali huruf.
edit-wrong-too-long = Terlalu panjang: paling banyak { $high } huruf.
edit-wrong-hidden = Ada tanda tersembunyi di dalamnya, atau tidak ada yang bisa dilihat.
edit-wrong-same-name = Fase lain sudah punya nama pendek ini.
edit-wrong-same-kind = Jenis yang sama tertulis dua kali.
edit-wrong-warning-too-long = Pengingat datang sebelum giliran habis: buat lebih pendek dari gilirannya.
edit-wrong-grace-too-long = Waktu menyelesaikan pikiran tidak bisa lebih panjang dari gilirannya.
edit-wrong-needs-box = Perlu lamanya: hening paling sedikit 5 detik, istirahat paling sedikit setengah menit.
edit-wrong-kinds-none = Tanpa tanggapan, tidak ada tangan untuk menanggapi atau bertanya.
edit-wrong-inside-needs-question = Untuk pertanyaan di dalam giliran, tangan harus boleh untuk bertanya.
edit-wrong-question-short = Satu pertanyaan perlu paling sedikit 10 detik.
edit-wrong-open-needs-voices = Bebas bicara punya paling sedikit dua suara.
edit-wrong-voices-need-open = Lebih dari satu suara sekaligus: hanya di fase bebas bicara.
edit-wrong-give-needs-turns = Tongkat bicara bisa diserahkan hanya dengan angkat tangan dan dalam putaran.
edit-wrong-equal-needs-round = Waktu yang sama rata hanya untuk putaran.
edit-wrong-equal-needs-box = Untuk membagi rata, perlu lama yang direncanakan.
edit-wrong-itself = Hanya putaran, hening atau istirahat yang lanjut dengan sendirinya.
edit-wrong-consent-short = Paling sedikit 10 detik lagi.
edit-wrong-consent-late = Kelompok ditanya lebih lama dari sisa gilirannya: buat lebih pendek, atau ingatkan lebih awal.
edit-wrong-unknown-field = Tidak ada format yang punya isian dengan nama ini.
edit-wrong-missing = Ada yang kurang di sini.
edit-wrong-type = Di sini perlu jenis isian yang lain.
edit-wrong-choice = Ini bukan salah satu kata yang mungkin.
edit-wrong-too-large = Berkasnya terlalu besar.
edit-wrong-offline = Server tidak terjangkau.
edit-wrong-other = Ini belum cocok.

edit-while-open = Pertemuan sedang berlangsung. Fasenya lanjut kalau format yang baru masih memilikinya; kalau tidak, mulai dari fase pertama. Tidak ada yang kehilangan giliran atau tempat: kalau ada yang akan kehilangan, tidak ada yang diubah.
edit-room-title = Format ruang ini
edit-room-now = Sekarang: { $name }
edit-room-save = Pakai mulai sekarang
edit-room-same = Ini format yang sedang dipakai ruang ini.
edit-room-done = Ruang ini punya format baru.
edit-room-doors = Pertemuan mulai dengan “{ $name }”.
edit-room-stays = “{ $name }” lanjut, dengan cara yang baru. Tidak ada yang kehilangan giliran atau tempat.
edit-room-begins = Pertemuan lanjut dengan “{ $name }”. Tangan tetap di tempatnya.
edit-room-busy = Ada yang sedang mendapat giliran, atau putaran sedang berjalan, dan itu akan berakhir: biarkan selesai dulu.
edit-room-cut = Ada yang sedang mendapat giliran dan akan terpotong: biarkan gilirannya selesai dulu.
edit-room-discard = Buang perubahanku
edit-room-discard-sure = Tekan sekali lagi: hilang setelah itu
refused-would-lose = Ada yang akan kehilangan giliran atau tempat. Biarkan selesai dulu, atau pindah ke fase lain. Tidak ada yang berubah.
refused-bad-format = Ada yang belum cocok di dalamnya. Tidak ada yang kamu ketik hilang.

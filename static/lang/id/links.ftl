### Links of a room, for those who may hand them on: in the room and on the host page.

link-menu = Tautan
link-title = Tautan ruang ini
link-text = Siapa pun yang memegang tautan bisa memakainya, sampai habis waktunya atau dicabut.
link-participant = Peserta
link-facilitator = Fasilitator
link-host = Penyelenggara
link-about-participant = sampai ke pintu
link-about-facilitator = langsung masuk
link-about-host = langsung masuk
link-about-invite = untuk satu orang, yang langsung masuk
link-invite = Undangan pribadi { $n }
link-invite-lead = Undangan pribadi { $n }, { $role }
link-role-facilitator = fasilitator
link-role-host = penyelenggara
link-people = { $count ->
    [0] belum ada yang datang lewat ini
   *[other] { $count } orang datang lewat ini
 }
link-who = { $name } datang lewat ini
link-until = sampai { $when }
link-expired = habis { $when }: tidak membuka apa-apa
link-hidden = Hanya penyelenggara yang bisa membagikan dan mengubahnya.
link-copy = Salin
link-copied = Tersalin
link-hours = Tautan baru membuka ruang
link-hours-0 = sampai dicabut
link-hours-12 = selama 12 jam
link-hours-24 = selama sehari
link-hours-168 = selama seminggu
link-hours-720 = selama 30 hari
link-make = Buat undangan pribadi
link-make-lead = Undang fasilitator
link-made = Baru: berikan ke satu orang
link-new = Baru saja diperbarui
link-renew = Perbarui
link-renew-sure = Tekan sekali lagi: yang lama tidak membuka apa-apa
link-renewed = Diperbarui. Tautan lama tidak membuka apa-apa lagi.
link-revoke = Cabut
link-revoke-sure = { $count ->
    [0] Tekan sekali lagi: tidak membuka apa-apa lagi
   *[other] Tekan sekali lagi: { $count } yang datang lewat ini ikut keluar
 }
link-two = Ada yang datang lewat tautan ini. Mencabutnya berarti mengeluarkan mereka, dan di ruang ini dua orang harus sepakat: minta penyelenggara, atau keluarkan satu per satu.
link-revoke-outside = Tekan sekali lagi: yang datang lewat ini ikut keluar
link-revoked = Dicabut: tidak membuka apa-apa.
link-revoked-said = Dicabut. Tautan ini tidak membuka apa-apa lagi.
link-open-again = Buat yang baru

### The front page.

index-title = Satu suara, satu waktu
index-text = Lingkar adalah ruang mendengarkan untuk pertemuan jarak jauh: satu suara terdengar pada satu waktu, dalam urutan yang terlihat semua orang. Kamu masuk lewat tautan, tanpa akun, dan nama samaran boleh.
index-label = Tempel tautanmu di sini
index-hint = Tautannya dikirim oleh orang yang mengundangmu.
index-from = Di sini tidak ada daftar ruang, dan tidak perlu mendaftar: yang mengundangmu mengirim tautannya. Kalau kamu ingin mengadakan pertemuan sendiri, mintalah tautan penyelenggara ke pengelola server ini.
index-go = Buka
index-wrong = Ini bukan tautan ruang. Tautan ruang berisi /r/ dan tanda #.
index-other-place = Tautan ini milik alamat lain: { $host }. Bukalah langsung di peramban.

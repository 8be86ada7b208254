### Errors, and no network: put into the page by the server, each message on one line and without arguments.

error-offline-title = Sedang tidak ada jaringan
error-offline-text = Di pertemuan, tempat dudukmu dan urutanmu di antrean tetap disimpan. Begitu ada jaringan, halaman ini mencoba lagi sendiri.
error-400-title = Ini tidak bisa dipahami
error-400-text = Ada yang kurang di alamatnya, atau di yang dikirim. Buka lagi tautanmu, utuh sampai huruf terakhir.
error-403-title = Ini tidak terbuka dari sini
error-403-text = Mungkin perlu tautan lain. Tanyakan ke orang yang mengarahkanmu ke sini.
error-404-title = Tidak ada halaman di sini
error-404-text = Mungkin ada yang kurang di ujung alamatnya. Buka lagi tautanmu, utuh sampai huruf terakhir.
error-405-title = Caranya bukan begini
error-405-text = Buka lagi alamatnya, langsung di peramban.
error-410-title = Ini sudah tidak ada
error-410-text = Sudah dihapus dan tidak kembali. Mintalah tautan baru ke orang yang mengundangmu.
error-413-title = Itu terlalu panjang
error-413-text = Tidak ada yang disimpan. Coba persingkat, lalu kirim lagi.
error-429-title = Itu terlalu sering dalam waktu singkat
error-429-text = Tidak ada yang salah denganmu atau tautanmu. Tunggu satu menit, lalu coba lagi.
error-500-title = Itu tidak berhasil
error-500-text = Bukan salahmu. Coba lagi sebentar lagi.
error-503-title = Sebentar, ya
error-503-text = Server belum bisa menjawab. Tunggu sebentar, lalu coba lagi.
error-again = Coba lagi
error-home = Ke halaman depan

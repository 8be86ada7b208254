### Places for help: fetched when they are wanted, and once for the time without a network.

help-lead = Kalau terasa terlalu berat, atau kamu sedang tidak aman: di sini ada yang bisa kamu hubungi, di luar lingkar ini.
help-none = Pengelola server ini belum mencantumkan tempat yang bisa dihubungi.
help-always = Kalau kamu butuh seseorang sekarang, nomor darurat di tempatmu selalu tepat, begitu juga orang yang kamu percaya. Kamu boleh pergi dari sini kapan saja.
help-failed = Daftarnya belum bisa diambil.
help-checked = Terakhir diperiksa { $date }.
help-call = Telepon { $number }
help-text = Kirim SMS ke { $number }
help-web = Buka { $host }
help-trace = Tidak ada orang di ruang yang tahu kamu membuka ini. Telepon dan pesan tetap tercatat di daftar ponselmu.

### Kesepakatan sebuah ruang di halaman penyelenggara.

agreement-title = Kesepakatan
agreement-version = Versi { $version }
agreement-version-since = Versi { $version }, sejak { $since }
agreement-yet = { $count } orang belum menyetujuinya.
agreement-same = Belum ada yang berubah di sini.
agreement-asks-nobody = Sekarang tidak ada orang di ruang ini. Siapa pun yang datang membacanya dulu.
agreement-asks-now = { $count } orang langsung ditanya lagi.
agreement-asks-later = { $count } orang ditanya lagi, setelah giliran yang sedang berjalan.
agreement-save = Simpan kesepakatan
agreement-saved = Kesepakatannya tersimpan.
agreement-before = Sebelumnya
agreement-no-text = Tanpa kata-kata kelompok sendiri.
agreement-then = Yang diubah sesudahnya:
agreement-again = Pakai teks ini lagi
agreement-taken = Sekarang ada di formulir, dan belum disimpan.

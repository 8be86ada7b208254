### When a planned room meets: for who comes before the doors open, and after a meeting. Fetched when it is wanted.

dates-opens = Pintunya dibuka { $when }.
dates-begins = Pertemuannya mulai pukul { $time }.
dates-zone = Menurut jam { $zone }: { $when }.
dates-waits = Biarkan halaman ini terbuka, nanti ia lanjut sendiri. Atau tutup saja, lalu buka lagi tautanmu saat itu.
dates-none = Belum ada pertemuan lagi yang direncanakan di sini. Kalau nanti ada, orang yang mengundangmu tahu.
dates-next = Pertemuan berikutnya { $when }.
dates-calendar = Simpan di kalendermu
dates-calendar-text = Kalender sering terlihat orang lain dan disalin ke perusahaan lain. Karena itu catatannya hanya bernama “Lingkar”.
dates-all = Semua { $count } tanggal yang direncanakan
dates-link = Dengan tautanku
dates-link-text = Siapa pun yang melihat catatan itu bisa ikut memakainya.
dates-save = Simpan berkas kalender
dates-saved = Tersimpan: buka berkasnya dengan kalendermu.
dates-leave = Keluar
refused-early = Pintunya belum dibuka.

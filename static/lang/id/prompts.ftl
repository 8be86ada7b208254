### Yang ditanyakan atau disampaikan ke semua selama satu tahap, kalau tidak ada kata-kata sendiri.

prompt-opening = Selamat datang. Pelan-pelan saja.
prompt-agreement-reminder = Kesepakatan kita, supaya semua merasa aman di sini.
prompt-newcomers = Kalau ini pertama kalimu, boleh menyapa. Mendengarkan saja juga boleh.
prompt-check-in = Bagaimana kamu datang malam ini? Satu kata cukup.
prompt-theme = Malam ini tentang apa?
prompt-reading = Kita dengarkan bacaannya.
prompt-sharing = Apa yang ingin kamu bagikan?
prompt-round = Apa yang kamu bawa ke lingkar ini? Bicara dari hati, dengarkan dengan hati.
prompt-responses = Apa yang tertinggal di hatimu dari yang kamu dengar?
prompt-discussion = Bagaimana menurutmu?
prompt-silence = Tidak ada yang perlu dilakukan. Cukup hadir bersama.
prompt-break = Segelas air, sedikit udara. Kembalilah santai saja.
prompt-open-floor = Bicaralah saat ada ruang untukmu.
prompt-closing-round = Apa yang kamu bawa pulang?
prompt-after-room = Untuk yang masih ingin tinggal sebentar.
prompt-equal-time-sharing = Waktu yang sama untuk semua. Diam juga milikmu.
prompt-equal-time-closing-round = Satu kalimat singkat untuk menutup.
prompt-support-circle-sharing = Bagaimana denganmu? Dari pengalamanmu sendiri saja.

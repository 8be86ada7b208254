### The names of phases that many formats have; a format may have a title of its own instead.

phase-opening = Pembukaan
phase-agreement-reminder = Kesepakatan kita
phase-newcomers = Pendatang baru
phase-check-in = Sapa kabar
phase-theme = Tema
phase-reading = Membaca
phase-sharing = Berbagi
phase-round = Putaran
phase-responses = Tanggapan
phase-discussion = Diskusi
phase-silence = Hening
phase-break = Istirahat
phase-open-floor = Bebas bicara
phase-closing-round = Putaran penutup
phase-after-room = Setelah acara
phase-own = Fase buatan sendiri

### Who is here: the sheet, and the panel of those who lead: fetched when they are wanted.

people-lately = Yang baru terjadi
people-title = { $count } orang di sini
people-tab = Orang
people-left-text = Orang ini tidak lagi di ruang ini.
people-hears = mendengar
people-no-sound = tanpa suara
people-hear = { $count } dari { $of } mendengar yang bicara
people-hear-you = { $count } dari { $of } mendengarmu
people-turns = { $count } giliran
people-here = ada di sini
people-here-you = ini tempatmu
role-successor = menggantikan bila perlu
people-successor-text = Kalau fasilitator terputus, kamu yang menggantikan: menjaga urutan sampai salah satu kembali. Kamu boleh menolak kapan saja.
people-not-me = Jangan aku, ya
people-acting-text = Kamu menggantikan saat fasilitator terputus.
people-step-down = Kembalikan tugas ini

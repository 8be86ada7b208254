### Kesepakatannya berubah: apa yang berbeda, di ruang dan di halaman penyelenggara.

again-title = Kesepakatannya berubah
again-lead = Tempatmu, tanganmu, dan giliranmu menunggumu. Sampai kamu selesai membaca, kamu tidak mendengar siapa pun dan tidak ada yang mendengarmu.
again-changes = Yang berbeda
again-added = Ditambahkan
again-removed = Dihapus
again-none = Kata-katanya sama dengan yang sudah kamu setujui dulu.
again-whole = Baca seluruh kesepakatan

### On paper, beside the participants’ link: how to come in. Printed in every language at once.

paper-title = Cara masuk
paper-scan = Arahkan kamera ponselmu ke kotak ini, atau ketik alamatnya. Tidak perlu akun, tidak perlu aplikasi.
paper-name = Pilih nama. Nama samaran boleh, dan akan dihapus saat pertemuan selesai.
paper-door = Baca kesepakatannya, lalu tunggu di pintu: fasilitator akan membukakan.
paper-silence = Satu suara setiap kali. Kamu boleh berbagi, dan boleh sekadar mendengarkan.
paper-keep = Simpan lembar ini untukmu sendiri: siapa pun yang punya alamatnya bisa datang ke pintu.

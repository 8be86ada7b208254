### What formats are called: those that come with the server, with one sentence for what each is, and a host's own.

format-simple = Sederhana
format-simple-text = Angkat tangan, yang datang dulu bicara dulu, satu suara setiap kali: cukup untuk pertemuan apa pun.
format-listening-space = Ruang mendengarkan
format-listening-space-text = Semua didengarkan dengan tenang, tanpa saran yang tidak diminta, dan ada hening untuk meresapinya.
format-council = Lingkar dewan
format-council-text = Tongkat bicara berkeliling lingkar: yang memegangnya bicara, yang lain mendengarkan.
format-equal-time = Waktu setara
format-equal-time-text = Pertemuan 12 langkah: membaca, lalu menit yang sama untuk semua, dengan jam yang pasti dan tanpa saling menanggapi.
format-discussion = Diskusi
format-discussion-text = Untuk membahas bacaan atau berbagi keterampilan: giliran pendek, dan yang belum bicara didahulukan.
format-support-circle = Lingkar dukungan
format-support-circle-text = Satu tema sebagai pegangan, waktu untuk berbagi, dan tanggapan hanya bagi yang menginginkannya.
format-open-floor = Bebas bicara
format-open-floor-text = Obrolan bebas dengan beberapa suara sekaligus, dan satu ketukan untuk kembali teratur.
format-own-of = Salinan “{ $name }”

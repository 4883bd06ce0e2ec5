namespace NewsBot.Core.Tests.Summaries;

/// <summary>Beginnings that a summary must not have, in many languages, each with a report to stand before.</summary>
public static class OpeningCorpus
{
    private const string Lines = """
        en title Ferry to Seldon Island runs again
        en lead The harbour ferry between Northquay and Seldon Island started again on Tuesday after two years of repairs.
        en more About 1,200 people rode the ferry on the first morning, the operator of the line said.
        en pronoun He said the ferry had been missed by everyone on the island.
        en pronoun It was the first crossing of the ferry in two years.
        en pronoun They waited for the ferry since five in the morning.
        en pronoun Her family has lived on Seldon Island since the war.
        en pronoun “We waited so long for this ferry,” said Ida Holm of Seldon Island.
        en pronoun This comes after two years of repairs of the harbour ferry.
        en pronoun These were the first passengers of the ferry since the repairs.
        en pronoun However, the ferry will not run at night before summer.
        en pronoun Meanwhile, the old ferry has been sold to a museum.
        en pronoun But the tickets of the ferry will cost more next year.
        en pronoun In addition, the ferry will carry bicycles without a fee.
        en dateline LONDON (Reuters) -
        en dateline NORTHQUAY, March 3 (AP) —
        en dateline WASHINGTON, D.C. (AP) —
        en dateline New Delhi, Mar 3 (PTI)
        en dateline New Delhi:
        en dateline MUMBAI:
        en dateline By Jane Smith LONDON (Reuters) -
        en dateline (Reuters) -
        en dateline BEIJING, March 3 (Xinhua) --
        en dateline someone.else@paper.example.com
        en caption Photo: The ferry at its berth in the harbour on Tuesday.
        en caption File photo of the ferry at its berth in the harbour.
        en caption Pictured: The mayor waves to the ferry from the quay.
        en caption The ferry leaves the harbour on Tuesday morning. (Getty Images)
        en caption The ferry leaves the harbour on Tuesday morning (Photo by Jo Lind).
        en page Subscribe to our newsletter to learn more about the ferry.
        en page Read more: all that we know about the ferry.
        en page We use cookies to make this website better for you.
        en page Share this story about the ferry with your friends.
        en page Sign up for the daily briefing about ferries and islands.
        de title Fähre zur Insel Seldau fährt wieder
        de lead Die Fähre zwischen Nordkai und der Insel Seldau fährt seit Dienstag nach zwei Jahren Reparatur wieder.
        de more Am ersten Morgen nutzten etwa 1200 Menschen die Fähre, wie der Betreiber der Linie mitteilte.
        de pronoun Er sagte, die Fähre habe allen auf der Insel gefehlt.
        de pronoun Sie war zwei Jahre lang in einer Werft an der Küste.
        de pronoun Das ist die erste Fahrt der Fähre seit zwei Jahren.
        de pronoun Dies teilte der Betreiber der Fähre am Dienstag mit.
        de pronoun Diese sei nun für alle Gäste der Insel offen.
        de pronoun Doch die Fähre wird vor dem Sommer nachts nicht fahren.
        de pronoun Allerdings kosten die Karten für die Fähre bald mehr.
        de pronoun Außerdem nimmt die Fähre jetzt auch Fahrräder ohne Gebühr mit.
        de dateline BERLIN, 3. März (dpa) –
        de dateline Nordkai (dpa/lnw) -
        de dateline Berlin (AFP) –
        de dateline München -
        de caption Foto: Die Fähre an ihrem Platz im Hafen.
        de caption Symbolbild: Eine Fähre liegt im Hafen der Insel.
        de caption Die Fähre verlässt am Dienstag den Hafen (Foto: dpa).
        de page Lesen Sie auch: Alles über die Fähre zur Insel.
        de page Melden Sie sich jetzt für unseren Newsletter über Fähren an.
        de page Wir verwenden Cookies, um diese Seite für Sie besser zu machen.
        de page Jetzt abonnieren und nichts mehr über die Fähre verpassen.
        fr title Le ferry de l'île de Selde repart
        fr lead Le ferry entre Quai-Nord et l'île de Selde a repris mardi ses traversées après deux ans de travaux.
        fr more Environ 1 200 personnes ont pris le ferry le premier matin, selon la compagnie qui gère la ligne.
        fr pronoun Il a dit que le ferry avait manqué à toute l'île.
        fr pronoun Elle attendait le ferry depuis cinq heures du matin.
        fr pronoun Ils étaient les premiers passagers du ferry depuis deux ans.
        fr pronoun C'est la première traversée du ferry depuis deux ans.
        fr pronoun Cela fait deux ans que le ferry était en travaux.
        fr pronoun Cependant, le ferry ne partira pas la nuit avant l'été.
        fr pronoun Mais les billets du ferry coûteront plus cher l'an prochain.
        fr pronoun Par ailleurs, le ferry prendra les vélos sans supplément.
        fr dateline PARIS, 3 mars (Reuters) -
        fr dateline Paris (AFP) –
        fr dateline QUAI-NORD —
        fr caption Photo : le ferry à son quai dans le port mardi.
        fr caption Crédit photo : la compagnie du ferry de l'île de Selde.
        fr page Lire aussi : tout savoir sur le ferry de l'île.
        fr page Abonnez-vous à notre lettre sur les ferries et les îles.
        fr page Nous utilisons des cookies pour rendre ce site meilleur.
        es title El ferri de la isla Selda vuelve a navegar
        es lead El ferri entre Muelle Norte y la isla Selda volvió a navegar el martes tras dos años de obras.
        es more Unas 1.200 personas tomaron el ferri la primera mañana, según la empresa que opera la línea.
        es pronoun Él dijo que la isla había echado de menos el ferri.
        es pronoun Ella esperaba el ferri desde las cinco de la mañana.
        es pronoun Esto ocurre tras dos años de obras en el ferri.
        es pronoun Sin embargo, el ferri no saldrá de noche antes del verano.
        es pronoun Pero los billetes del ferri costarán más el próximo año.
        es pronoun Además, el ferri llevará bicicletas sin cobrar nada por ellas.
        es dateline Madrid, 3 mar (EFE).-
        es dateline MADRID, 3 Mar. (EUROPA PRESS) -
        es dateline Ciudad de México:
        es caption Foto: el ferri en su muelle del puerto el martes.
        es caption En la foto, el ferri en su muelle del puerto.
        es page Lea también: todo lo que sabemos del ferri de la isla.
        es page Suscríbete a nuestro boletín sobre ferris y otras islas.
        es page Utilizamos cookies para que este sitio funcione mejor para usted.
        pt title Balsa da ilha Selda volta a navegar
        pt lead A balsa entre Cais Norte e a ilha Selda voltou a navegar na terça-feira depois de dois anos de obras.
        pt more Cerca de 1.200 pessoas usaram a balsa na primeira manhã, segundo a empresa que opera a linha.
        pt pronoun Ele disse que a balsa fez falta a toda a ilha.
        pt pronoun Ela esperava a balsa desde as cinco horas da manhã.
        pt pronoun Isso acontece depois de dois anos de obras na balsa.
        pt pronoun No entanto, a balsa não vai sair à noite antes do verão.
        pt pronoun Mas os bilhetes da balsa vão custar mais no próximo ano.
        pt dateline BRASÍLIA (Reuters) -
        pt dateline São Paulo, 3 mar (EFE).-
        pt dateline LISBOA, 3 mar (Lusa) —
        pt caption Imagem: a balsa no cais do porto na terça-feira.
        pt caption Foto: a balsa no cais do porto na terça-feira.
        pt page Leia também: tudo o que sabemos sobre a balsa da ilha.
        pt page Assine a nossa newsletter sobre balsas e outras ilhas.
        pt page Este site usa cookies para funcionar melhor para você.
        it title Il traghetto per l'isola di Selda riparte
        it lead Il traghetto tra Molo Nord e l'isola di Selda è ripartito martedì dopo due anni di lavori.
        it more Circa 1.200 persone hanno preso il traghetto la prima mattina, secondo la società che gestisce la linea.
        it pronoun Lui ha detto che il traghetto è mancato a tutta l'isola.
        it pronoun Lei aspettava il traghetto dalle cinque del mattino con la famiglia.
        it pronoun Questo avviene dopo due anni di lavori sul traghetto.
        it pronoun Tuttavia il traghetto non partirà di notte prima dell'estate.
        it pronoun Ma i biglietti del traghetto costeranno di più dal prossimo anno.
        it dateline ROMA, 3 MAR -
        it dateline (ANSA) - ROMA, 03 MAR -
        it dateline Roma, 3 mar. (Adnkronos) -
        it caption Foto: il traghetto al suo molo nel porto martedì.
        it caption Nella foto il traghetto al suo molo nel porto.
        it page Leggi anche: tutto quello che sappiamo del traghetto.
        it page Iscriviti alla nostra newsletter sui traghetti e sulle isole.
        it page Questo sito utilizza i cookie per funzionare meglio.
        nl title Veerboot naar het eiland Selda vaart weer
        nl lead De veerboot tussen Noordkade en het eiland Selda vaart sinds dinsdag weer na twee jaar reparatie.
        nl more Ongeveer 1200 mensen namen op de eerste ochtend de veerboot, zegt het bedrijf achter de lijn.
        nl pronoun Hij zei dat het hele eiland de veerboot had gemist.
        nl pronoun Dit gebeurt na twee jaar reparatie van de veerboot.
        nl pronoun Maar de kaartjes voor de veerboot worden volgend jaar duurder.
        nl dateline AMSTERDAM (ANP) -
        nl caption Foto: de veerboot op zijn plaats in de haven.
        nl page Lees ook: alles wat we weten over de veerboot.
        pl title Prom na wyspę Selda znów pływa
        pl lead Prom między Nabrzeżem Północnym a wyspą Selda znów pływa od wtorku po dwóch latach naprawy.
        pl more Około 1200 osób skorzystało z promu pierwszego ranka, podała firma, która prowadzi tę linię.
        pl pronoun On powiedział, że promu brakowało wszystkim na wyspie.
        pl pronoun Ona czekała na prom od piątej rano z całą rodziną.
        pl pronoun To pierwszy rejs promu od dwóch lat na tej trasie.
        pl pronoun Jednak prom nie będzie pływał nocą przed końcem lata.
        pl pronoun Ale bilety na prom będą w przyszłym roku droższe.
        pl dateline Warszawa (PAP) –
        pl dateline WARSZAWA, 3 marca (PAP) -
        pl caption Fot. PAP: prom przy nabrzeżu w porcie we wtorek.
        pl caption Zdjęcie: prom przy nabrzeżu w porcie we wtorek.
        pl page Czytaj także: wszystko, co wiemy o promie na wyspę.
        pl page Zapisz się do naszego newslettera o promach i wyspach.
        pl page Ta strona używa plików cookie, aby działać lepiej.
        tr title Selda Adası vapuru yeniden sefere başladı
        tr lead Kuzey İskelesi ile Selda Adası arasındaki vapur iki yıllık onarımın ardından salı günü yeniden sefere başladı.
        tr more Hattı işleten şirkete göre ilk sabah vapura yaklaşık 1.200 kişi bindi ve vapur akşama kadar doldu.
        tr pronoun O, vapurun bütün adada çok özlendiğini söyledi ve teşekkür etti.
        tr pronoun Onlar sabahın beşinden beri vapuru iskelede bekliyorlardı.
        tr pronoun Bu, vapurun iki yıl sonra yaptığı ilk seferdi.
        tr pronoun Ancak vapur yazdan önce geceleri sefer yapmayacak.
        tr pronoun Ama vapur biletleri gelecek yıl daha pahalı olacak.
        tr dateline ANKARA (AA) -
        tr dateline İSTANBUL, 3 Mart (Reuters) -
        tr caption Fotoğraf: Vapur salı günü limandaki iskelesinde duruyor.
        tr page Ayrıca okuyun: Ada vapuru hakkında bilinen her şey.
        tr page Bültenimize abone olun ve vapur haberlerini kaçırmayın.
        tr page Bu site daha iyi çalışmak için çerez kullanır.
        ru title Паром на остров Сельда снова ходит
        ru lead Паром между Северной пристанью и островом Сельда со вторника снова ходит после двух лет ремонта.
        ru more Около 1200 человек воспользовались паромом в первое утро, сообщила компания, которая обслуживает линию.
        ru pronoun Он сказал, что парома не хватало всем на острове.
        ru pronoun Она ждала парома с пяти часов утра со всей семьёй.
        ru pronoun Это первый рейс парома за последние два года ремонта.
        ru pronoun Однако паром не будет ходить ночью до начала лета.
        ru pronoun Но билеты на паром в следующем году подорожают.
        ru pronoun Кроме того, паром будет возить велосипеды без доплаты.
        ru dateline МОСКВА, 3 мар — РИА Новости.
        ru dateline МОСКВА, 3 марта. /ТАСС/.
        ru dateline Москва (Рейтер) —
        ru caption Фото: паром у своей пристани в порту во вторник.
        ru caption На фото паром у своей пристани в порту во вторник.
        ru page Читайте также: всё, что известно о пароме на остров.
        ru page Подпишитесь на нашу рассылку о паромах и островах.
        ru page Этот сайт использует файлы cookie, чтобы работать лучше.
        uk title Пором на острів Сельда знову ходить
        uk lead Пором між Північною пристанню та островом Сельда з вівторка знову ходить після двох років ремонту.
        uk more Близько 1200 людей скористалися поромом першого ранку, повідомила компанія, яка обслуговує лінію.
        uk pronoun Він сказав, що порома бракувало всім на острові.
        uk pronoun Однак пором не ходитиме вночі до початку літа.
        uk dateline КИЇВ, 3 березня (Укрінформ) —
        uk page Читайте також: усе, що відомо про пором на острів.
        ar title عودة عبارة جزيرة سلدا إلى العمل
        ar lead عادت العبارة بين الرصيف الشمالي وجزيرة سلدا إلى العمل يوم الثلاثاء بعد عامين من الإصلاحات.
        ar more استخدم نحو 1200 شخص العبارة في الصباح الأول، بحسب الشركة التي تشغل الخط بين المدينة والجزيرة.
        ar pronoun هو قال إن الجميع في الجزيرة افتقدوا العبارة كثيرا.
        ar pronoun وهي أول رحلة للعبارة منذ عامين إلى هذه الجزيرة.
        ar pronoun هذا يأتي بعد عامين من إصلاح العبارة في الميناء.
        ar pronoun لكن العبارة لن تعمل ليلا قبل حلول الصيف المقبل.
        ar pronoun وأضاف أن العبارة ستنقل الدراجات من دون أي رسوم.
        ar dateline القاهرة (رويترز) -
        ar dateline القاهرة 3 مارس (رويترز) -
        ar dateline دبي:
        ar caption صورة: العبارة في مكانها داخل الميناء يوم الثلاثاء.
        ar page اقرأ أيضا: كل ما نعرفه عن عبارة الجزيرة الجديدة.
        ar page اشترك في نشرتنا البريدية عن العبارات والجزر البعيدة.
        ar page نستخدم ملفات تعريف الارتباط لجعل هذا الموقع أفضل لك.
        he title המעבורת לאי סלדה חזרה לפעול
        he lead המעבורת בין הרציף הצפוני לאי סלדה חזרה לפעול ביום שלישי לאחר שנתיים של תיקונים.
        he more כ-1,200 בני אדם נסעו במעבורת בבוקר הראשון, כך מסרה החברה שמפעילה את הקו.
        he pronoun הוא אמר שהמעבורת הייתה חסרה לכל תושבי האי.
        he pronoun אבל כרטיסי המעבורת יעלו יותר בשנה הבאה לכולם.
        hi title सेल्दा द्वीप की नौका सेवा फिर शुरू
        hi lead उत्तरी घाट और सेल्दा द्वीप के बीच नौका सेवा दो साल की मरम्मत के बाद मंगलवार को फिर शुरू हो गई।
        hi more नौका सेवा चलाने वाली कंपनी के अनुसार पहली सुबह करीब 1,200 लोगों ने इस नौका से यात्रा की।
        hi pronoun उन्होंने कहा कि द्वीप पर सभी को नौका की कमी खली।
        hi pronoun वह सुबह पांच बजे से घाट पर नौका का इंतजार कर रही थी।
        hi pronoun यह दो साल में नौका की पहली यात्रा थी।
        hi pronoun लेकिन नौका गर्मियों से पहले रात में नहीं चलेगी।
        hi pronoun हालांकि अगले साल नौका के टिकट महंगे हो जाएंगे।
        hi dateline नई दिल्ली:
        hi dateline नई दिल्ली, 3 मार्च (भाषा)
        hi dateline मुंबई -
        hi caption फोटो: मंगलवार को बंदरगाह के घाट पर खड़ी नौका।
        hi page यह भी पढ़ें: द्वीप की नौका के बारे में सब कुछ।
        hi page हमारे न्यूज़लेटर को सब्सक्राइब करें और नौका की खबरें पाएं।
        zh title 赛尔达岛渡轮恢复通航
        zh lead 北码头至赛尔达岛的渡轮经过两年维修后于星期二恢复通航。
        zh more 运营公司表示，首日上午约有一千二百人乘坐了渡轮。
        zh pronoun 他说岛上所有居民都非常想念这艘渡轮。
        zh pronoun 她从早上五点起就在码头等候渡轮到来。
        zh pronoun 这是渡轮两年来的第一次航行和载客。
        zh pronoun 然而渡轮在夏季到来之前夜间不会航行。
        zh pronoun 但是渡轮的票价明年将会比现在更高。
        zh dateline 北京3月3日电
        zh dateline 新华社北京3月3日电（记者王明）
        zh dateline 中新网上海3月3日电
        zh dateline （中央社記者林小明台北3日電）
        zh caption 图为星期二停靠在港口码头边的渡轮。
        zh caption 图片来源：赛尔达岛渡轮运营公司资料。
        zh page 相关阅读：关于赛尔达岛渡轮你需要知道的一切。
        zh page 点击订阅我们关于渡轮和岛屿的每日新闻邮件。
        ja title セルダ島のフェリーが運航再開
        ja lead 北埠頭とセルダ島を結ぶフェリーが、二年間の修理を終えて火曜日に運航を再開した。
        ja more 運航会社によると、初日の朝には約千二百人がフェリーに乗船した。
        ja pronoun 彼は島の人々がみなフェリーを恋しがっていたと語った。
        ja pronoun 彼女は朝五時から埠頭でフェリーの到着を待っていた。
        ja pronoun これは二年ぶりとなるフェリーの航海だった。
        ja pronoun しかし、フェリーは夏まで夜間には運航しない。
        ja pronoun 一方、フェリーの運賃は来年から値上がりする予定だ。
        ja dateline 【北埠頭＝山田太郎】
        ja dateline ［東京　３日　ロイター］ -
        ja dateline 東京（共同）―
        ja caption 写真：火曜日に港の埠頭に停泊しているフェリー。
        ja page 関連記事：セルダ島のフェリーについて知っておきたいこと。
        ja page ニュースレターに登録してフェリーの最新情報を受け取ろう。
        ko title 셀다섬 여객선 운항 재개
        ko lead 북부두와 셀다섬을 잇는 여객선이 이 년간의 수리를 마치고 화요일에 운항을 다시 시작했다.
        ko more 운항 회사는 첫날 아침에 약 천이백 명의 승객이 여객선을 이용했다고 밝혔다.
        ko pronoun 그는 섬의 모든 주민이 여객선을 그리워했다고 말했다.
        ko pronoun 그녀는 새벽 다섯 시부터 부두에서 여객선을 기다렸다.
        ko pronoun 이는 여객선이 이 년 만에 처음으로 운항한 것이다.
        ko pronoun 그러나 여객선은 여름이 오기 전까지 밤에는 운항하지 않는다.
        ko pronoun 하지만 여객선 요금은 내년부터 지금보다 더 오를 예정이다.
        ko dateline (서울=연합뉴스) 홍길동 기자 =
        ko dateline [서울=뉴시스]
        ko caption 사진: 화요일 항구의 부두에 정박해 있는 여객선의 모습이다.
        ko page 관련 기사: 셀다섬 여객선에 대해 알아야 할 모든 것이다.
        ko page 뉴스레터를 구독하고 여객선의 최신 소식을 받아 보세요.
        th title เรือข้ามฟากเกาะเซลดากลับมาให้บริการ
        th lead เรือข้ามฟากระหว่างท่าเรือเหนือกับเกาะเซลดากลับมาให้บริการในวันอังคารหลังซ่อมแซมสองปี
        th more บริษัทผู้ให้บริการระบุว่าเช้าวันแรกมีผู้โดยสารใช้เรือข้ามฟากราวหนึ่งพันสองร้อยคน
        th pronoun เขากล่าวว่าทุกคนบนเกาะคิดถึงเรือข้ามฟากลำนี้มาก
        th pronoun แต่ค่าโดยสารเรือข้ามฟากจะแพงขึ้นในปีหน้า
        th dateline กรุงเทพฯ (รอยเตอร์) -
        th caption ภาพ: เรือข้ามฟากจอดอยู่ที่ท่าเรือในวันอังคาร
        th page อ่านเพิ่มเติม: ทุกเรื่องเกี่ยวกับเรือข้ามฟากเกาะเซลดา
        id title Feri ke Pulau Selda beroperasi lagi
        id lead Feri antara Dermaga Utara dan Pulau Selda beroperasi lagi pada hari Selasa setelah dua tahun perbaikan.
        id more Sekitar 1.200 orang naik feri pada pagi pertama, kata perusahaan yang mengelola jalur itu.
        id pronoun Dia mengatakan bahwa semua orang di pulau itu merindukan feri.
        id pronoun Namun, feri tidak akan beroperasi pada malam hari sebelum musim panas.
        id dateline JAKARTA (ANTARA) -
        """;

    /// <summary>Every line of a kind with the report of its language.</summary>
    public static TheoryData<string, string, string, string, string> Of(string kind)
    {
        var data = new TheoryData<string, string, string, string, string>();
        var lines = Lines
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Select(line => line.Split(' ', 3))
            .GroupBy(parts => parts[0], StringComparer.Ordinal);
        foreach (var language in lines)
        {
            string Only(string of) => language.Single(parts => parts[1] == of)[2];
            foreach (var parts in language.Where(parts => parts[1] == kind))
            {
                data.Add(language.Key, parts[2], Only("title"), Only("lead"), Only("more"));
            }
        }

        return data;
    }
}

using System.Buffers;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>What pages say around the news, in the languages of the news: captions, invitations and notices.</summary>
internal static class PageWords
{
    // A label is short: “Photo credit: …”.
    private const int LongestLabel = 30;
    private const int MostLabelWords = 4;

    // Stand before a colon; before a stroke or a bar with at most three words more, as in “Foto Anna Beck/AP”. Before a colon
    // such words are no label: “Credit Suisse: …” and “Share prices: …” begin sentences.
    private static readonly HashSet<string> Labels =
    [
        .. Phrases(
            """
            photo|photos|photograph|photographs|picture|pictures|pictured|image|images|caption|file photo|graphic|infographic|illustration|credit|credits|video|watch|listen|related|tags|topics|share|source|sources|advertisement
            foto|fotos|bild|bilder|bildquelle|symbolbild|symbolfoto|archivbild|archivfoto|grafik|bildunterschrift|quelle|anzeige|schlagworte|themen
            legende|credit photo|credits photo|image d'illustration|photo d'illustration|a lire|a voir|lire|partager|mots-cles
            fotografia|imagen|imagenes|pie de foto|credito|creditos|fuente|etiquetas|compartir
            imagem|imagens|legenda|fonte|compartilhe|didascalia|crediti|immagine|condividi
            fot|zdjecie|zrodlo|fotka|fotogaleria|fotograf|fotograflar|gorsel|kaynak|bron|beeld|kuva|kuvat|kep
            фото|фотография|снимок|иллюстрация|видео|источник|теги|світлина|джерело|відео|снимка
            图片|圖片|图|圖|图源|图片来源|圖片來源|视频|来源|來源|责任编辑|編輯|编辑|写真|画像|動画|出典|提供|写真提供
            사진|사진 제공|사진제공|동영상|영상|자료|출처|그래픽
            صورة|الصورة|صور|تصوير|فيديو|المصدر|مصدر|عکس|تصویر
            फोटो|तस्वीर|चित्र|वीडियो|स्रोत|फाइल फोटो
            ภาพ|ภาพประกอบ|คลิป|ที่มา|เครดิตภาพ
            """
        ),
    ];

    private static readonly string[] Openings =
    [
        .. Phrases(
            """
            pictured|file photo|file picture|file image|photo by|photo courtesy|photo credit|photograph by|image courtesy|image credit|picture by|in this photo|in this file photo|in this image|in this picture|in this undated|this photo|this image|this undated photo|this file photo|a file photo|representational image|representative image|subscribe|sign up|read more|read also|also read|read next|read the full|see also|click here|click to|tap here|follow us|join us|join our|share this|share on|share the|share via|watch the video|get our|get the latest|get daily|support our|become a member|already a subscriber|log in|sign in|register now|register to|create an account|accept all|accept cookies|accept our|manage cookies|cookie settings|by continuing to use|by clicking|by using this|leave a comment|view comments|show comments|print this|email this|download our|download the|enable notifications|turn on notifications|skip to|continue reading|story continues|advertisement|this story continues|this site uses|this website uses|we use cookies|more on this|more from|don't miss|most read|trending now|recommended
            auf dem foto|auf dem bild|im bild|das bild zeigt|das foto zeigt|lesen sie|mehr zum thema|mehr dazu|mehr lesen|weiterlesen|jetzt lesen|hier lesen|hier klicken|hier geht es zu|hier geht's|jetzt abonnieren|abonnieren sie|newsletter|melden sie sich|jetzt anmelden|folgen sie uns|folgt uns|teilen sie|artikel teilen|diesen artikel|jetzt teilen|wir verwenden cookies|wir nutzen cookies|diese website|diese webseite|diese seite verwendet|cookies akzeptieren|alle akzeptieren|bitte aktivieren|zum artikel|auch interessant|das konnte sie auch
            sur la photo|sur cette photo|sur l'image|lire aussi|lire la suite|lire egalement|a lire aussi|voir aussi|abonnez-vous|abonnez|s'abonner|inscrivez-vous|inscrivez|recevez|suivez-nous|suivez|partagez|partager cet|partager sur|cliquez ici|en poursuivant|ce site utilise|nous utilisons des cookies|accepter les cookies|tout accepter|article reserve|cet article est reserve|telechargez|sur le meme sujet
            en la foto|en la imagen|foto de|foto cortesia|imagen de archivo|lee tambien|leer mas|lee mas|lea tambien|lea mas|te puede interesar|ver tambien|suscribete|suscribase|registrate|siguenos|siga leyendo|sigue leyendo|comparte esta|comparte este|comparte en|haz clic|haga clic|recibe en tu|recibe nuestr|recibe las|utilizamos cookies|usamos cookies|este sitio|este sitio web|esta web utiliza|aceptar cookies|mas informacion|mas noticias|contenido exclusivo
            na foto|na imagem|foto do|imagem de|leia tambem|leia mais|saiba mais|veja tambem|veja mais|assine|inscreva-se|cadastre-se|siga-nos|siga o|receba|compartilhe|clique aqui|usamos cookies|utilizamos cookies|este site|continue lendo|continua apos|baixe o
            nella foto|nell'immagine|foto di|leggi anche|leggi tutto|leggi di piu|continua a leggere|iscriviti|abbonati|registrati|seguici|condividi|clicca qui|utilizziamo i cookie|usiamo i cookie|questo sito|accetta i cookie|contenuto riservato|per saperne di piu|ricevi
            lees ook|lees meer|lees verder|abonneer|meld je aan|schrijf je in|volg ons|deel dit|klik hier|deze website|wij gebruiken cookies|las ocksa|las mer|prenumerera|folj oss|las ogsa|laes ogsa|laes mere|tilmeld|les ogsa|les mer|abonner
            na zdjeciu|na fotografii|czytaj takze|czytaj wiecej|czytaj tez|czytaj rowniez|czytaj dalej|przeczytaj takze|przeczytaj rowniez|zobacz takze|zobacz tez|zobacz wiecej|zapisz sie|subskrybuj|dolacz do|obserwuj nas|udostepnij|kliknij|ta strona|ta witryna|uzywamy plikow|zaakceptuj|polub nas|prenumeruj
            fotografta|arsiv fotografi|ayrica okuyun|devamini oku|daha fazla oku|daha fazla bilgi|haberin devami|okumaya devam|abone ol|bultenimize|kaydol|uye ol|bizi takip|takip edin|paylas|tiklayin|bu site|sitemizde|web sitemizde|cerez|cerezleri kabul|ilginizi cekebilir
            на фото|на снимке|на иллюстрации|читайте также|читайте тоже|читать далее|читать подробнее|подробнее|подпишитесь|подписывайтесь|следите за|поделиться|поделитесь|смотрите также|нажмите|узнать больше|мы используем|этот сайт|сайт использует|продолжая использовать|продолжая пользоваться|регистрируйтесь|зарегистрируйтесь|присоединяйтесь|на світлині|читайте також|підписуйтесь|підпишіться|поширити|ми використовуємо|вижте също|абонирайте
            图为|图中|资料图|資料圖|圖為|相关阅读|相關閱讀|延伸阅读|延伸閱讀|阅读更多|閱讀更多|点击|點擊|订阅我们|订阅本|订阅新闻|订阅电子|立即订阅|请订阅|訂閱我們|訂閱電子|立即訂閱|关注我们|關注我們|扫码关注|扫码下载|扫描下方|扫描二维码|分享到|分享本文|分享此|转发本文|本网站使用|我们使用cookie|我們使用cookie|版权所有|版权声明|版權所有|未经授权|未經授權|更多新闻|责任编辑|欢迎关注|欢迎订阅|下载app|下载客户端|下载我们
            写真は|写真上|図は|関連記事|続きを読む|もっと読む|詳しくは|こちらをクリック|購読する|購読は|購読の|登録はこちら|無料登録|会員登録|ニュースレター|メールマガジン|フォローして|フォローする|シェアする|シェアして|この記事は|この記事を|当サイト|本サイト|無断転載|クッキーを|あわせて読みたい
            사진은|사진=|▲|△|◀|▶|관련 기사|관련기사|더 보기|더보기|자세히 보기|구독하|구독 신청|지금 구독|뉴스레터를|뉴스레터 구독|팔로우하|공유하기|공유하세요|이 기사를 공유|클릭하|여기를 클릭|이 사이트|본 사이트|쿠키를 사용|쿠키 정책|저작권자|무단 전재|무단전재|기사제보|제보는
            صورة أرشيفية|في الصورة|اقرأ أيضا|اقرأ ايضا|إقرأ أيضا|اقرأ المزيد|للمزيد|المزيد عن|المزيد من الأخبار|شاهد أيضا|شاهد الفيديو|اشترك|اشتركوا|سجل الآن|سجلوا الآن|تابعنا|تابعونا|شارك المقال|شارك الخبر|شارك هذا|شاركوا هذا|انقر|اضغط|نستخدم ملفات|يستخدم هذا الموقع|هذا الموقع|حقوق النشر|جميع الحقوق|در عکس|بیشتر بخوانید|مشترک شوید
            फाइल फोटो|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|पूरी खबर|आगे पढ़ें|सब्सक्राइब|सदस्यता लें|साइन अप|रजिस्टर करें|हमें फॉलो|फॉलो करें|शेयर करें|साझा करें|यहां क्लिक|यहाँ क्लिक|क्लिक करें|हम कुकीज़|हम कुकीज|यह वेबसाइट|डाउनलोड करें|न्यूज़लेटर
            ภาพจาก|ภาพโดย|อ่านเพิ่มเติม|อ่านต่อ|อ่านข่าว|ข่าวที่เกี่ยวข้อง|ติดตามเรา|ติดตามข่าว|กดติดตาม|สมัครสมาชิก|สมัครรับ|ลงทะเบียนเพื่อ|ลงทะเบียนรับ|แชร์ข่าว|แชร์บทความ|คลิกที่นี่|คลิกเพื่อ|เว็บไซต์นี้|เราใช้คุกกี้|ดาวน์โหลดแอป
            """
        ),
    ];

    private static readonly SearchValues<string> Anywhere = SearchValues.Create(
        [
            .. Phrases(
                """
                getty images)|(getty|via getty|/getty|(ap photo|(photo by|(photo:|(image:|(file photo|(file)|(foto:|(bild:|(symbolbild|(archivbild|(archivfoto|(photo d'archives|(photo :|(credit photo|(crédit|(fot.|(zdjęcie|(foto de|(foto di|(foto arquivo|(foto d'archivio|(fotograf:|(arsiv|(фото|(архивное фото|（写真|(写真|(사진|(资料图|(图片|(图源|摄)|攝)|摄影:|(صورة|(फाइल|(फोटो|(ภาพ
                our newsletter|use cookies|uses cookies|cookie policy|cookie settings|privacy policy|unseren newsletter|unserem newsletter|verwendet cookies|verwenden cookies|nutzt cookies|notre newsletter|notre lettre d'information|utilise des cookies|utilisons des cookies|utiliza cookies|utilizamos cookies|usa cookies|nuestro boletin|nuestra newsletter|nossa newsletter|nuestro canal de|nosso canal no|nostra newsletter|utilizza i cookie|utilizza cookie|gebruikt cookies|onze nieuwsbrief|naszego newslettera|plikow cookie|cerez kullan|bultenimize|файлы cookie|наш телеграм|наш telegram|нашу рассылку|наш канал|наш телеграм-канал|使用cookie|我们的公众号|微信公众号|クッキーを使用|メールマガジン|쿠키를 사용|뉴스레터를 구독|뉴스레터 구독|구독하세요|클릭하세요|ملفات تعريف الارتباط|نشرتنا|कुकीज़ का|न्यूज़लेटर|क्लिक करें|फॉलो करें|सब्सक्राइब करें|शेयर करें|यह भी पढ़ें|abone olun|tıklayın|bizi takip|takip edin|paylaşın|ใช้คุกกี้|จดหมายข่าว
                """
            ),
        ],
        StringComparison.Ordinal
    );

    /// <param name="folded">A sentence as <see cref="Folded.Of"/> gives it.</param>
    internal static bool Are(string folded)
    {
        var start = 0;
        while (start < folded.Length && IsDecoration(folded[start]))
        {
            start++;
        }

        var said = folded.AsSpan(start);
        return IsLabelled(said) || Opens(said) || folded.AsSpan().ContainsAny(Anywhere);
    }

    private static bool IsDecoration(char c) =>
        !char.IsLetterOrDigit(c) && c is not ('▲' or '△' or '◀' or '▶') && !char.IsSurrogate(c);

    private static bool IsLabelled(ReadOnlySpan<char> said)
    {
        var colon = said[..Math.Min(said.Length, LongestLabel)].IndexOfAny(":|/©");
        if (colon <= 0)
        {
            return false;
        }

        var label = said[..colon].Trim().ToString();
        var words = label.Split(' ');
        return words.Length <= MostLabelWords
            && (
                Labels.Contains(label)
                || (said[colon] != ':' && Labels.Contains(words[0].TrimEnd('.')))
                || (words.Length > 1 && Labels.Contains($"{words[0]} {words[1]}"))
            );
    }

    private static bool Opens(ReadOnlySpan<char> said)
    {
        foreach (var phrase in Openings)
        {
            if (said.StartsWith(phrase, StringComparison.Ordinal) && EndsWord(said, phrase.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWord(ReadOnlySpan<char> said, int at) =>
        at == said.Length
        || !char.IsLetterOrDigit(said[at])
        || !char.IsLetterOrDigit(said[at - 1])
        || Folded.IsUnspaced(new Rune(char.IsSurrogate(said[at - 1]) ? 'a' : said[at - 1]));

    private static IEnumerable<string> Phrases(string text) =>
        text.ReplaceLineEndings("\n")
            .Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Folded.Of)
            .Where(phrase => phrase.Length > 0);
}

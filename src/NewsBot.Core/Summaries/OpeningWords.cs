using System.Collections.Frozen;

namespace NewsBot.Core.Summaries;

/// <summary>The words with which a sentence leans on the one before it, by language. Several words are joined by “_”.</summary>
/// <param name="Always">Pronouns, and words that join.</param>
/// <param name="Near">“This” in its forms: “this week” needs no sentence before it.</param>
/// <param name="Times">What may follow those.</param>
internal sealed record OpeningWords(FrozenSet<string> Always, FrozenSet<string> Near, FrozenSet<string> Times)
{
    // One language, three lists; accents stay, for “él” is a pronoun and “el” is none.
    private const string Lists = """
        en he she it they him her his hers its their theirs them i we you my our your mine that those but and however meanwhile also so then yet still or nor besides moreover furthermore nevertheless nonetheless therefore thus hence otherwise instead similarly likewise additionally consequently accordingly conversely alternatively elsewhere afterwards indeed though both in_addition as_a_result on_the_other_hand at_the_same_time for_example for_instance in_contrast by_contrast in_turn in_return at_that for_that for_this in_other_words after_that before_that because_of_this because_of_that despite_this despite_that in_that_case as_such even_so having_said | this these | week past coming weekend month year years morning afternoon evening night days season summer winter spring autumn fall quarter semester decade century christmas easter monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
        de er sie es ihm ihn ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner ich wir mein meine unser unsere dies jene jener jenes das_ist das_sei das_sind das_war das_waren das_hat das_hatte das_habe das_wäre das_sagte das_teilte das_gilt das_bedeutet das_heißt das_soll das_kann das_wird das_würde das_geht damit dadurch dabei dazu dafür dagegen darauf darin daran daraus davon danach davor darüber daher deshalb deswegen darum dort dann da denn doch aber und oder auch allerdings jedoch dennoch trotzdem zudem außerdem ferner hingegen zugleich gleichzeitig indes indessen unterdessen inzwischen derweil somit also folglich hierzu hierbei hinzu stattdessen vielmehr sonst zuvor so ebenso beide beides zum_beispiel im_gegenteil im_gegenzug | diese dieser dieses diesen diesem | woche wochen wochenende monat jahr jahres jahren tage tagen sommer winter frühjahr frühling herbst saison mal montag dienstag mittwoch donnerstag freitag samstag sonntag morgen abend
        fr il elle ils elles lui leur leurs son sa ses je j nous vous mon ma mes notre nos on cela ceci ça celui celle ceux celles c_est c_était ce_dernier cette_dernière ces_derniers ces_dernières ce_sont mais et ou or donc car cependant toutefois pourtant néanmoins ainsi enfin ensuite puis aussi par_ailleurs en_revanche de_son_côté de_plus en_outre au_contraire en_effet par_conséquent par_contre en_même_temps pour_autant d_ailleurs d_autre_part à_son_tour pour_sa_part | ce cet cette ces | semaine mois année an matin soir nuit week lundi mardi mercredi jeudi vendredi samedi dimanche été hiver printemps automne saison
        es él ella ello ellos ellas su sus le les yo nosotros mi mis nuestro nuestra nuestros nuestras esto eso aquello ese esa esos esas aquel aquella aquellos aquellas éste ésta éstos éstas pero y e sino además también asimismo así entonces luego o sin_embargo no_obstante por_otro_lado por_otra_parte en_cambio por_lo_tanto por_tanto por_eso por_ello por_su_parte mientras_tanto al_mismo_tiempo en_consecuencia a_su_vez de_hecho | este esta estos estas | semana mes año años días mañana tarde noche lunes martes miércoles jueves viernes sábado domingo fin verano invierno otoño primavera temporada
        pt ele ela eles elas seu sua seus suas eu nós meu minha nosso nossa isso isto aquilo aquele aquela aqueles aquelas dele dela mas e ou porém contudo todavia entretanto também assim então portanto no_entanto além_disso por_isso por_outro_lado por_sua_vez enquanto_isso ao_mesmo_tempo ainda_assim apesar_disso | este esta estes estas esse essa esses essas | semana mês ano anos dias manhã tarde noite segunda terça quarta quinta sexta sábado domingo fim final verão inverno outono primavera temporada
        it lui lei egli ella esso essa essi esse loro suo sua suoi sue io noi mio mia nostro nostra ciò quello quella quelli quelle costui ma e ed o però tuttavia inoltre anche così quindi dunque allora infatti invece intanto poi perciò pertanto eppure nel_frattempo d_altra_parte al_contrario a_sua_volta per_questo dal_canto_suo | questo questa questi queste | settimana mese anno giorni mattina mattino sera notte pomeriggio weekend fine lunedì martedì mercoledì giovedì venerdì sabato domenica estate inverno autunno primavera stagione
        nl hij zij ze hem haar zijn hun ik wij we mijn onze dat die maar en of ook echter daarom daarnaast bovendien toch dus dan daarna daarbij daarmee daardoor intussen ondertussen niettemin desondanks vervolgens zo verder | deze dit | week maand jaar ochtend middag avond weekend zomer winter lente herfst maandag dinsdag woensdag donderdag vrijdag zaterdag zondag seizoen keer
        sv han hon honom henne hans hennes deras jag vi min vår det_är det_var det_har det_blir de_är de_har de_var den_är den_har men och eller dock också därför dessutom samtidigt däremot sedan så då ändå | denna detta dessa | vecka månad år sommar vinter höst vår säsong
        da han hun ham hende hans hendes deres jeg vi min vores det_er det_var det_har det_bliver de_er de_har de_var den_er den_har men og eller dog også derfor desuden samtidig imens så | denne dette disse | uge måned år sommer vinter sæson
        no han hun ham henne hans hennes deres jeg vi min vår det_er det_var det_har det_blir de_er de_har de_var den_er den_har men og eller likevel også derfor dessuten samtidig imens så | denne dette disse | uke uken måned måneden år året sommer sommeren vinter sesong
        pl on ona ono oni one jego jej ich mu ja my mój nasz to tak ale lecz i a oraz jednak jednakże natomiast również też także ponadto dlatego więc zatem tymczasem następnie potem zresztą poza_tym mimo_to z_kolei w_rezultacie w_związku_z_tym | ten ta te ci | tydzień rok miesiąc weekend poranek wieczór sezon
        cs on ona ono oni jeho její jejich já my můj náš to ale a však avšak i také rovněž navíc proto tedy mezitím poté potom | tento tato toto tyto | týden rok měsíc víkend
        sk on ona ono oni jeho jej ich ja my môj náš to ale a však i tiež takisto navyše preto teda medzitým potom | tento táto toto tieto | týždeň rok mesiac víkend
        tr o onlar onun onların ona onu ben biz benim bizim şu şunlar bunlar bunu buna bunun bundan ama fakat ancak lakin ve veya ayrıca üstelik öte_yandan böylece dolayısıyla oysa yine_de aynı_zamanda öyle böyle | bu | yıl yılın yılki hafta haftanın ay ayın sabah akşam gece sezon yaz kış sonbahar ilkbahar pazartesi salı çarşamba perşembe cuma cumartesi pazar
        ru он она оно они его её ее их ему ей им я мы мой наш наша наши это тот та те то но а и или однако также тоже поэтому затем потом впрочем зато там тогда так кроме_того при_этом между_тем тем_не_менее тем_временем таким_образом в_свою_очередь вместе_с_тем в_то_же_время более_того | этот эта эти этой этого этому этим | неделя неделе неделю неделей год году года месяц месяце лето летом зима зимой осень осенью весна весной сезон утром вечером
        uk він вона воно вони його її їх їхній я ми мій наш це той та те але а і й або проте однак також тому потім отже водночас натомість втім крім_того при_цьому тим_часом | цей ця ці цього цієї | тиждень тижня рік року місяць місяця сезон
        bg той тя то те неговият нейната аз ние това но а и или обаче също затова тогава освен_това междувременно | този тази тези | седмица година месец
        el αυτός αυτή αυτό αυτοί αυτές αυτά εκείνος εκείνη εκείνο εγώ εμείς αλλά και όμως ωστόσο επίσης επιπλέον έτσι λοιπόν τότε εντούτοις παράλληλα | |
        ro el ea ei ele lui său eu noi aceasta acesta aceștia dar iar și însă totuși astfel apoi de_asemenea în_plus între_timp | acest această aceste acești | săptămână an lună
        hu ő ők neki én mi azt ezt de és vagy azonban ugyanakkor emellett ezért így továbbá viszont közben | ez | hét év hónap
        fi hän he se ne hänen heidän minä me tuo mutta ja tai kuitenkin myös lisäksi siksi sitten silti samalla | tämä nämä | viikko vuosi kuukausi
        id dia ia mereka beliau saya kami kita itu namun tetapi tapi dan atau lalu kemudian selain_itu sementara_itu oleh_karena_itu karena_itu | ini | pekan minggu tahun bulan
        vi nó họ tôi chúng_tôi anh_ấy cô_ấy ông_ấy bà_ấy điều_này điều_đó nhưng và tuy_nhiên ngoài_ra trong_khi_đó vì_vậy do_đó | |
        ar هو هي هم هن وهو وهي وهم أنا نحن ذلك تلك هؤلاء وهذا وهذه وذلك لكن ولكن لكنه لكنها كما كذلك بينما فيما غير ثم أيضا وقال_إن وقال_أن وقالت_إن وأضاف_أن وأضاف_إن وأضافت_أن وأضافت_إن وأوضح_أن وتابع وأكد_أن ومع_ذلك بالإضافة_إلى_ذلك من_ناحية_أخرى في_الوقت_نفسه | هذا هذه | الأسبوع العام الشهر الصيف الشتاء الموسم السنة
        fa او وی آن آنها آن‌ها ایشان من ما اما ولی و یا همچنین بنابراین سپس با_این_حال در_عین_حال | این | هفته سال ماه
        ur وہ اس ان انہوں میں ہم لیکن مگر اور تاہم جبکہ | یہ | ہفتے سال ماہ
        he הוא היא הם הן אני אנחנו זה זו זאת אלה אבל אך אולם גם וגם לכן עם_זאת בנוסף | |
        hi वह वे वो उन्होंने उसने उनका उनकी उनके उन्हें उसका उसकी उसके उसे उस उन इसके इसका इसकी इससे इसमें इसे इसने इनके इनका इन्हें इन्होंने इन ये मैं हम मेरा हमारा लेकिन मगर और किंतु परंतु परन्तु हालांकि हालाँकि वहीं तो इसलिए साथ_ही फिर तब | यह इस | साल सप्ताह हफ्ते हफ्ता महीने महीना वर्ष सुबह शाम रात बार माह सीजन
        ko 그는 그가 그의 그를 그도 그녀는 그녀가 그녀의 그들은 그들이 그들의 이는 이를 이에 이것은 이것이 이로 이로써 이들은 이들이 이들 이 그 나는 저는 우리는 우리가 그러나 하지만 그런데 그래서 그리고 또 또한 따라서 그러면서 그러자 한편 반면 이어 이와 이날 이같은 이런 이러한 그런 그러한 아울러 | |
        """;

    // Where words are not parted, a sentence is compared sign by sign.
    private static readonly string[] Prefixes =
    [
        .. """
            他 她 它 牠 这 這 此 该 該 其 然而 但 不过 不過 而 因此 所以 同时 同時 另外 另一方面 与此 與此 对此 對此 并且 並且 于是 於是 随后 隨後 我 那 换句话说 尽管如此 儘管如此 除此之外
            彼は 彼が 彼の 彼も 彼を 彼女 彼ら 同氏 同社 それ これ こうした この その あの そこ ここで ここに ここは しかし だが ただ また 一方 そして さらに なお 私は 私が 私の 私たち 我々 ところが けれども でも、 つまり したがって 従って 例えば たとえば 加えて
            เขา เธอ มัน พวกเขา นี่ นั่น แต่ อย่างไรก็ตาม และ นอกจากนี้ ทั้งนี้ ซึ่ง โดย ขณะเดียวกัน ดังนั้น อีกทั้ง จากนั้น ฉัน ผม เรา
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    // What begins like those and is something else: names, this summer, to marry, a passenger.
    private static readonly string[] Not =
    [
        .. "他信 那不勒斯 这周 這週 这个月 這個月 这个周末 其他 其中 我国 我國 而立 但丁 この夏 この冬 この春 この秋 またも เขาใหญ่ เขาค้อ แต่ง โดยสาร มันสำปะหลัง".Split(
            ' '
        ),
    ];

    private static readonly FrozenDictionary<string, OpeningWords> Languages = Lists
        .ReplaceLineEndings("\n")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => (Language: line[..2], Lists: line[2..].Split('|')))
        .ToFrozenDictionary(
            line => line.Language,
            line => new OpeningWords(Set(line.Lists[0]), Set(line.Lists[1]), Set(line.Lists[2])),
            StringComparer.Ordinal
        );

    /// <param name="language">ISO 639-1.</param>
    /// <returns>The words of a language; those of English where it has none here.</returns>
    internal static OpeningWords Of(string? language) =>
        Languages.GetValueOrDefault(language ?? "en") ?? Languages["en"];

    /// <summary>Whether a sentence of a script without spaces begins with such a word.</summary>
    internal static bool Begin(string sentence) =>
        Prefixes.Any(word => sentence.StartsWith(word, StringComparison.Ordinal))
        && !Not.Any(word => sentence.StartsWith(word, StringComparison.Ordinal));

    private static FrozenSet<string> Set(string words) =>
        words
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(Openings.Normal)
            .ToFrozenSet(StringComparer.Ordinal);
}

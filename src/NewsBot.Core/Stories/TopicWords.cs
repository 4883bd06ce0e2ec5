namespace NewsBot.Core.Stories;

/// <summary>The words by which topics are known, folded as they are compared.</summary>
internal static class TopicWords
{
    // With "=" before it a word counts as a label only: in a headline it is most often meant otherwise.
    private static readonly (string Title, string Words)[] Lists =
    [
        (
            "Politics",
            """
            politics political election elections parliament senate congress minister president government referendum coalition
            lawmakers ballot politik wahl wahlen bundestag regierung kanzler kanzlerin ministerin koalition politique gouvernement
            assemblee elections politica elecciones gobierno congreso ministro governo eleicoes elezioni politiek verkiezingen
            политика выборы парламент правительство 政治 選挙 选举
            """
        ),
        (
            "World",
            """
            =world =international =war ceasefire troops nato refugees embassy sanctions =ausland =welt krieg =international =monde =guerre
            =mundo =guerra =internacional =esteri =mondo =buitenland =мир война 国际 国際
            """
        ),
        (
            "Business",
            """
            business economy economic markets stocks inflation =bank =banks earnings =shares tariffs =trade startup startups wirtschaft
            =borse finanzen inflation unternehmen economie entreprises bourse economia negocios empresas mercados economie =finance
            экономика бизнес 経済 经济
            """
        ),
        (
            "Technology",
            """
            technology tech software hardware smartphone smartphones phone phones gadget gadgets chip chips robot robots =ai
            artificial android iphone =apps =app cybersecurity internet programming developer linux technik =digital technologie
            numerique tecnologia tecnologico технологии 技術 科技
            """
        ),
        (
            "Science",
            """
            science scientists physics astronomy =space nasa telescope satellite satellites fossil dinosaur species genome
            archaeology =research wissenschaft forschung weltraum raumfahrt sciences =espace ciencia =espacio scienza =spazio wetenschap
            наука космос 科学
            """
        ),
        (
            "Health",
            """
            =health medicine medical hospital hospitals doctors vaccine vaccines cancer virus disease pandemic =gesundheit medizin
            krankenhaus sante medecine salud medicina salute gezondheid здоровье медицина 健康
            """
        ),
        (
            "Climate and nature",
            """
            climate environment emissions =weather storm hurricane wildfire wildfires flood drought biodiversity renewable solar
            umwelt klima unwetter wetter =natur environnement climat meteo  =ambiente =clima =ambiente klimaat экология климат
            環境 气候
            """
        ),
        (
            "Sport",
            """
            sport sports football soccer basketball tennis cricket rugby olympics olympic championship =league goalkeeper fussball
            bundesliga handball deportes futbol baloncesto deporte esporte futebol =calcio voetbal спорт футбол スポーツ 体育
            """
        ),
        (
            "Transport",
            """
            =transport =transportation =transit =traffic =railways =railway =rail =aviation =mobility =verkehr =bahn =mobilitat =transports
            =mobilite =transportes =movilidad =mobilidade =trasporti =mobilita =vervoer =verkeer =транспорт =交通
            """
        ),
        ("Energy", "=energy =energie =energia =электроэнергетика =энергетика =能源 =エネルギー"),
        (
            "Local",
            """
            =local =lokal =lokales =regional =region =stadtleben =regionales =municipios =cronaca =地方 =地域
            """
        ),
        (
            "Culture",
            """
            =culture =arts =art music =film =films movie movies theatre theater museum museums =book =books literature =album festival
            entertainment television =kultur musik kino bucher literatur feuilleton cinema livres musique cultura musica libros cine
            libri cultuur культура кино музыка 文化
            """
        ),
        (
            "Games",
            "=games gaming =game videogames videogame esports nintendo playstation xbox =steam spiele videospiele jeux videojuegos giochi игры ゲーム 游戏"
        ),
    ];

    // Labels that say nothing of what stands below them.
    private static readonly HashSet<string> Empty = new(
        """
        aktuell all allgemein alle article articles blog breaking featured front frontpage general headlines home homepage latest
        main misc more nachrichten new news other posts press schlagzeilen startseite stories story top topnews topstories uncategorised
        uncategorized unfiled update updates video videos
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal
    );

    private static readonly Dictionary<string, string> Labels = Index(word => word.TrimStart('='));
    private static readonly Dictionary<string, string> ByWord = Index(word => word);

    /// <summary>All titles, in a fixed order.</summary>
    public static IReadOnlyList<string> Titles { get; } = [.. Lists.Select(list => list.Title)];

    /// <returns>The topic a folded word stands for in a label or an address; null for none.</returns>
    public static string? InLabel(string word) => Labels.GetValueOrDefault(word);

    /// <returns>The topic a folded word stands for in a headline; null for none.</returns>
    public static string? InHeadline(string word) => ByWord.GetValueOrDefault(word);

    /// <returns>True where every word of a folded label is one that says nothing.</returns>
    public static bool IsEmpty(string label) =>
        label.Split([' ', '-', '&']).All(word => word.Length == 0 || Empty.Contains(word));

    private static Dictionary<string, string> Index(Func<string, string> key)
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (title, words) in Lists)
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                index.TryAdd(key(word), title);
            }
        }

        return index;
    }
}

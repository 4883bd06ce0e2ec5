namespace NewsBot.Core.Text;

/// <summary>
/// The small words of languages that share a script, with their accents. A word says the more of a language the fewer
/// others have it.
/// </summary>
internal static class LanguageWords
{
    /// <summary>The languages of each word that are written in Latin letters.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Latin { get; } =
        Read(
            """
            en the of and to in is for on that with as at by from has was are it be an this will after its who have not but they more over says
            de der die das und ist in den von mit zu für auf im des dem nicht ein eine sich als auch nach bei an aus wie wird sind über um vor hat es
            fr le la les des et en du un une est dans pour que qui sur au par plus pas avec aux ce son sa ses selon après ont été cette
            es el la los las de y en del que un una por con para se su al es más como no sus lo tras este ha según sobre pero fue
            pt o a os as de e do da em que um uma para com no na por dos das mais se ao não é como sua seu após diz foi pela pelo são
            it il la di e che un una per in del della dei delle con non è sono nel alla al da si lo gli anche più come dopo sul suo ha
            nl de het een van en in is op te voor met dat niet aan zijn om er door bij naar ook uit over als wordt maar worden heeft meer zegt weer nog vorige geen
            sv och att det som en på är av för med den till inte om ett har de i från vid efter kan under men ska också enligt
            da og at det som en på er af for med den til ikke om et har de i fra ved efter kan under men skal også ifølge blev
            no og at det som en på er av for med den til ikke om et har de i fra ved etter kan under men skal også ifølge ble
            fi ja on ei se että oli ovat myös kun mutta joka hän sen tai kuin niin mukaan vuoden jo voi nyt ole sekä jälkeen
            pl w i na z do że się nie jest o to po od za dla przez ze jak oraz są po ich był który która tym ale także
            cs v a na se že je s z do o k i za pro po jako od by ale jsou byl podle která který také při po jeho opět jen však už tak není bude
            sk v a na sa že je s z do o k aj za pre po ako od by ale sú bol podľa ktorá ktorý tiež pri jeho
            hu a az és hogy nem is egy van volt meg csak ez de már mint el még ki lesz után szerint amely
            ro de în și la cu a din pe care nu că este o pentru un mai au fost sa prin după dar sunt lui ale
            tr ve bir bu için ile da de olarak daha çok olan gibi sonra kadar ancak en ne var değil oldu göre
            id yang dan di ke dari untuk dengan pada ini itu dalam akan tidak juga oleh telah adalah sebagai karena bisa
            vi và của là có trong cho không được với các những một đã này người khi để từ về năm
            ca el la els les i de que en un una amb per del és al no més ha va com són aquest seva però dels
            hr i u je na se da za od su s ne o koji iz bi ali kao što po nakon koja sam prema već bio
            """
        );

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Cyrillic = Read(
        """
        ru и в не на что с по как из для это его за от о к но был при после до был она они или также ещё все
        uk і в не на що з та як із для це його за від до про але був при після або також ще які який є
        bg и в не на че с по как от за това да се са е но при след до или също още които който ще
        sr и у не на да је се за од су са из као али што по након до или који која би ће
        be і ў не на што з па як для гэта яго за ад да але быў пры пасля або таксама які яны
        """
    );

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Arabic = Read(
        """
        ar في من على إلى أن عن مع هذا هذه التي الذي كان بعد قبل بين ما لا قد كما حول خلال
        fa در از به که را با این است برای آن یک تا های می بر شد خود پس کرد نیز
        ur کے کی میں ہے اور سے کو کا نے پر یہ کہ ہیں اس بھی تھا نہیں گیا لیے ایک
        """
    );

    /// <summary>The languages of each word that are written in a script.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string script) =>
        script switch
        {
            LanguageScripts.Cyrillic => Cyrillic,
            LanguageScripts.Arabic => Arabic,
            _ => None,
        };

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> None { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyList<string>> Read(string text)
    {
        var words = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in parts.Skip(1).Distinct(StringComparer.Ordinal))
            {
                if (!words.TryGetValue(word, out var languages))
                {
                    words[word] = languages = [];
                }

                languages.Add(parts[0]);
            }
        }

        return words.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
    }
}

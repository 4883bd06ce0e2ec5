using System.Buffers;
using System.Collections.Frozen;

namespace NewsBot.Core.Summaries.Claims;

/// <summary>Words that decide whether two sentences say the same; folded. Other languages are held to names, numbers and common words alone.</summary>
internal static class ClaimWords
{
    /// <summary>Words of grammar, which every sentence may begin with and which tell nothing.</summary>
    internal static readonly FrozenSet<string> Grammar = Set(
        "the a an this that these those its his her their our your there here it he she they we you who which what when "
            + "where while after before since until during in on at by for from with about into over under between among as "
            + "and or but also both more most some many much few all each every other another such than then now however "
            + "according although though because if despite following several have has had been being were was are is be "
            + "will does did do said says just only still even very last next first per via amid against through "
            + "der die das den dem des ein eine einer eines einem einen und oder aber auch nach vor seit bis bei mit von vom zum "
            + "zur aus auf fur uber unter zwischen wahrend dass weil wenn als wie sind ist war waren wird werden wurde wurden "
            + "hat haben hatte hatten sich noch nur mehr sowie dort dieser diese dieses im in am an "
            + "le la les un une des du de et ou mais dans sur sous pour par avec apres avant depuis entre pendant selon "
            + "que qui dont est sont etait etaient sera ont avait cette ces son ses leur leurs plus aux au "
            + "el los las una unos unas del y o pero en sobre para por con desde hasta entre segun durante tras "
            + "esta este estos estas fue fueron sera han habia sus mas al "
            + "il lo gli i di del della delle dei e ma nel nella su per da con dopo prima tra fra secondo che chi "
            + "sono era stato stata ha hanno questa questo suo sua loro alla al "
            + "o os as um uma do da dos das no na nos nas e mas em para por com apos antes entre segundo que foi foram tem "
            + "de het een en of maar ook na voor sinds tot bij met van uit op onder tussen tijdens dat die wie is zijn was waren "
            + "wordt worden werd werden heeft hebben had nog meer zich"
    );

    /// <summary>Words that turn a sentence into its opposite.</summary>
    private static readonly FrozenSet<string> Negations = Set(
        "not no never none nobody nothing neither nor without cannot t "
            + "nicht kein keine keinen keiner keinem keines nie niemals niemand nichts weder ohne "
            + "pas jamais aucun aucune sans rien ni "
            + "nunca sin ningun ninguna ninguno nadie nada jamas tampoco "
            + "non senza nessun nessuna nessuno niente "
            + "nao sem nenhum nenhuma ninguem "
            + "niet geen nooit zonder inte ingen inget inga aldrig utan ikke aldri uten "
            + "nie bez nikt nigdy не нет никогда без никто ничего ні немає "
            + "لا لم لن ليس ليست غير بدون degil yok नहीं"
    );

    /// <summary>Words that say that something may be, shall be, or is only said.</summary>
    internal static readonly FrozenSet<string> Hedges = Set(
        "may might could would should alleged allegedly reportedly rumoured rumored rumours rumors plans plan planned planning "
            + "expected expects expect likely possible possibly perhaps potential potentially proposed proposes considering considers "
            + "suspected accused claims claimed claim appears seems unless if hopes aims intends believed wants want "
            + "soll sollen sollte konnte konnten durfte durften mutmasslich mutmassliche angeblich moglicherweise wohl geplant plant "
            + "planen erwartet erwarten falls "
            + "pourrait pourraient serait seraient aurait auraient presume presumes envisage prevoit devrait "
            + "podria podrian habria presunto presunta presuntamente preve planea "
            + "potrebbe potrebbero sarebbe avrebbe presunto poderia teria suposto zou zouden mogelijk"
    );

    /// <summary>Verbs whose loss says the opposite.</summary>
    internal static readonly FrozenSet<string> Turns = Set(
        "denied denies deny denying refused refuses refuse rejected rejects reject failed fails fail cancelled canceled "
            + "withdrew withdrawn unlikely false halted stopped suspended avoided prevented missed acquitted dismissed overturned "
            + "bestritt bestreitet dementiert dementierte abgelehnt lehnte verweigert gescheitert scheiterte abgesagt freigesprochen "
            + "dement refuse rejete echoue annule nego niega rechazo rechaza fracaso cancelo"
    );

    /// <summary>Words for more.</summary>
    internal static readonly FrozenSet<string> Up = Set(
        "rise rises rose risen rising increase increases increased increasing grow grows grew growth gain gains gained higher "
            + "soar soared soars jumped jump surged surge climbed raise raised raises "
            + "steigt steigen stieg stiegen gestiegen hoher wachst wuchs erhoht hausse augmente subio sube aumenta aumento"
    );

    /// <summary>Words for less.</summary>
    internal static readonly FrozenSet<string> Down = Set(
        "fall falls fell fallen falling decrease decreases decreased decreasing drop drops dropped decline declined declines lower "
            + "lowered plunged plunge sank slump slumped cut cuts reduced reduces shrank shrink "
            + "fallt fallen fiel fielen gefallen sinkt sank gesunken niedriger senkt baisse diminue bajo baja cae cayo reduce"
    );

    /// <summary>What multiplies a number, by how it begins, with one name for all languages.</summary>
    internal static readonly IReadOnlyList<(string Start, string Name)> Powers =
    [
        ("%", "percent"),
        ("percent", "percent"),
        ("prozent", "percent"),
        ("pour cent", "percent"),
        ("hundred", "hundred"),
        ("thousand", "thousand"),
        ("tausend", "thousand"),
        ("tsd", "thousand"),
        ("millia", "billion"),
        ("milliard", "billion"),
        ("mrd", "billion"),
        ("miljard", "billion"),
        ("million", "million"),
        ("millon", "million"),
        ("milion", "million"),
        ("milhao", "million"),
        ("milhoes", "million"),
        ("miljoen", "million"),
        ("mio", "million"),
        ("mln", "million"),
        ("billion", "billion"),
        ("bn", "billion"),
        ("trillion", "trillion"),
    ];

    /// <summary>Numbers that are written as words.</summary>
    internal static readonly FrozenDictionary<string, string> Numerals = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["eleven"] = "11",
        ["twelve"] = "12",
        ["twenty"] = "20",
        ["thirty"] = "30",
        ["forty"] = "40",
        ["fifty"] = "50",
        ["dozen"] = "12",
        ["dozens"] = "dozens",
        ["hundreds"] = "hundreds",
        ["thousands"] = "thousands",
        ["millions"] = "millions",
        ["half"] = "half",
        ["double"] = "double",
        ["doubled"] = "double",
        ["twice"] = "double",
        ["zwei"] = "2",
        ["drei"] = "3",
        ["vier"] = "4",
        ["funf"] = "5",
        ["sechs"] = "6",
        ["sieben"] = "7",
        ["acht"] = "8",
        ["neun"] = "9",
        ["zehn"] = "10",
        ["elf"] = "11",
        ["zwolf"] = "12",
        ["deux"] = "2",
        ["trois"] = "3",
        ["quatre"] = "4",
        ["cinq"] = "5",
        ["cuatro"] = "4",
        ["cinco"] = "5",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SearchValues<char> NegatingSigns = SearchValues.Create("不没沒无無未非않없못");

    internal static bool Negates(IEnumerable<string> words) => words.Any(Negations.Contains);

    /// <summary>The same where no spaces part the words: by the signs themselves.</summary>
    internal static bool NegatesInSigns(string text) =>
        text.AsSpan().IndexOfAny(NegatingSigns) >= 0
        || text.Contains("ない", StringComparison.Ordinal)
        || text.Contains("ません", StringComparison.Ordinal)
        || text.Contains("なかった", StringComparison.Ordinal);

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}

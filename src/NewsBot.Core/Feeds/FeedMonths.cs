using System.Collections.Frozen;

namespace NewsBot.Core.Feeds;

/// <summary>Month names as feeds of many languages write them, in full and cut short.</summary>
internal static class FeedMonths
{
    private static readonly FrozenDictionary<string, int> Numbers = Table(
        "jan january januar januari jän jänner janvier janv enero ene gennaio gen janeiro január január янв января январь січ січня sty stycznia "
            + "styczeń led ledna leden ian ianuarie oca ocak tammi tammikuu tammikuuta ιαν ιανουαρίου ιανουάριος sij siječnja",
        "feb february februar februari febr février févr fév fevrier febrero febbraio fevereiro fev február февр фев февраля февраль лют лютого lut "
            + "lutego luty úno února únor februarie şub şubat helmi helmikuu helmikuuta φεβ φεβρουαρίου φεβρουάριος velj veljače",
        "mar march märz mär mrz maerz mars marzo março marco maart mrt március márc мар марта март бер березня marca marzec bře března březen "
            + "martie mart maalis maaliskuu maaliskuuta μάρ μαρ μάώ μαώ μαρτίου μάρτιος ožu ožujka",
        "apr april avril avr abril abr aprile április ápr апр апреля апрель квіт квітня kwi kwietnia kwiecień dub dubna duben aprilie nis nisan "
            + "huhti huhtikuu huhtikuuta απρ απριλίου απρίλιος tra travnja",
        "may mai mayo maggio mag maio mei maj május máj мая май трав травня maja kvě května květen mayıs touko toukokuu toukokuuta μάι μαι μαϊ "
            + "μαΐου μάιος svi svibnja",
        "jun june juni juin junio giugno giu junho június jún июн июня июнь черв червня cze czerwca czerwiec čvn června červen iunie haz haziran "
            + "kesä kesäkuu kesäkuuta ιούν ιουν ιόν ιουνίου ιούνιος lip lipnja",
        "jul july juli juillet juil julio luglio lug julho július júl июл июля июль лип липня lipca lipiec čvc července červenec iulie tem "
            + "temmuz heinä heinäkuu heinäkuuta ιούλ ιουλ ιόλ ιουλίου ιούλιος srp srpnja",
        "aug august août aout aoû agosto ago augustus augusti augusztus авг августа август серп серпня sie sierpnia sierpień srpna srpen ağu "
            + "ağustos elo elokuu elokuuta αύγ αυγ αυγούστου αύγουστος kol kolovoza",
        "sep sept september septembre septiembre setiembre settembre set setembro szeptember szept сен сент сентября сентябрь вер вересня wrz "
            + "września wrzesień zář září septembrie eyl eylül syys syyskuu syyskuuta σεπ σεπτ σεπτεμβρίου σεπτέμβριος ruj rujna",
        "oct october okt oktober octobre octubre ottobre ott outubro out október окт октября октябрь жовт жовтня paź października październik "
            + "říj října říjen octombrie eki ekim loka lokakuu lokakuuta οκτ οκτωβρίου οκτώβριος listopada",
        "nov november novembre noviembre novembro нояб ноя ноября ноябрь лист листопада listopad lis noiembrie kas kasım marras marraskuu "
            + "marraskuuta νοέ νοε νοεμβρίου νοέμβριος stu studenoga",
        "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro desember des дек декабря декабрь груд грудня gru grudnia "
            + "grudzień pro prosince prosinec decembrie ara aralık joulu joulukuu joulukuuta δεκ δεκεμβρίου δεκέμβριος pros prosinca"
    );

    /// <summary>1 to 12; 0 where the word names no month.</summary>
    public static int Find(ReadOnlySpan<char> word)
    {
        var lookup = Numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.TryGetValue(word, out var number) ? number : 0;
    }

    private static FrozenDictionary<string, int> Table(params string[] months)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < months.Length; i++)
        {
            foreach (var name in months[i].Split(' '))
            {
                numbers.TryAdd(name, i + 1);
            }
        }

        return numbers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}

using System.Collections.Frozen;

namespace NewsBot.Core.Summaries;

/// <summary>Agencies that stand in datelines, and the places most of their news comes from.</summary>
internal static class DatelineNames
{
    private static readonly FrozenSet<string> Agencies = Set(
        """
        reuters|ap|afp|dpa|upi|efe|ansa|pti|ani|ians|xinhua|tass|itar-tass|interfax|pap|lusa|aa|dha|iha|anadolu|kyodo|jiji|yonhap|bloomberg|cnn|bbc|apa|ats|keystone-sda|sda|belga|anp|ntb|tt|ritzau|stt|ctk|čtk|mti|agerpres|adnkronos|agi|askanews|europa press|europapress|telam|agência brasil|agencia brasil|estadão conteúdo|folhapress|afp/reuters|ap/afp|dpa/afp|dpa-afx|epd|kna|sid|cna|bernama|antara|vna|ttxvn|associated press|agence france-presse|press association|pa|pa media|canadian press|the canadian press|australian associated press|staff|staff reporter|agencies|agencias|agenzie|agences|ajansı|wam|spa|mena|petra|sana|irna|isna|ukrinform|unian|belta|
        рейтер|тасс|риа|риа новости|интерфакс|укринформ|укрінформ|уніан|унн|бта|белта|прайм|
        رويترز|أ ف ب|ا ف ب|أ.ف.ب|د ب أ|د.ب.أ|واس|وام|قنا|وكالات|الوكالات|الأناضول|سبوتنيك|فرانس برس|أ ب|أ ش أ|سانا|بترا|كونا|
        भाषा|एएनआई|पीटीआई|आईएएनएस|रॉयटर्स|एपी|एएफपी|वार्ता|यूनीवार्ता|एजेंसी|एजेंसियां|
        ロイター|共同|共同通信|時事|時事通信|afp=時事|新华社|新華社|中新社|中央社|路透社|路透|法新社|美联社|美聯社|
        연합뉴스|뉴시스|뉴스1|로이터|รอยเตอร์|เอเอฟพี|เอพี
        """
    );

    private static readonly FrozenSet<string> Places = Set(
        """
        london|new york|washington|washington dc|washington d.c.|los angeles|san francisco|chicago|boston|houston|toronto|ottawa|montreal|vancouver|sydney|melbourne|canberra|wellington|dublin|edinburgh|belfast|cardiff|new delhi|delhi|mumbai|kolkata|chennai|bengaluru|bangalore|hyderabad|pune|ahmedabad|lucknow|patna|jaipur|bhopal|chandigarh|gurgaon|gurugram|noida|ghaziabad|srinagar|jammu|guwahati|thiruvananthapuram|kochi|nagpur|ranchi|bhubaneswar|islamabad|karachi|lahore|dhaka|colombo|kathmandu|kabul|beijing|shanghai|hong kong|taipei|tokyo|seoul|pyongyang|bangkok|hanoi|singapore|kuala lumpur|jakarta|manila|dubai|abu dhabi|riyadh|doha|tehran|baghdad|damascus|beirut|jerusalem|tel aviv|gaza|cairo|tripoli|tunis|algiers|rabat|khartoum|nairobi|addis ababa|kampala|lagos|abuja|accra|johannesburg|cape town|pretoria|harare|paris|berlin|frankfurt|munich|brussels|amsterdam|geneva|zurich|vienna|rome|milan|madrid|barcelona|lisbon|athens|istanbul|ankara|moscow|kyiv|kiev|minsk|warsaw|prague|budapest|bucharest|sofia|belgrade|stockholm|oslo|copenhagen|helsinki|mexico city|bogota|caracas|lima|santiago|buenos aires|brasilia|sao paulo|rio de janeiro|havana|united nations|
        münchen|köln|hamburg|frankfurt/main|stuttgart|düsseldorf|leipzig|dresden|bonn|hannover|bremen|wien|bern|zürich|genf|brüssel|moskau|peking|rom|
        bruxelles|genève|lyon|marseille|toulouse|bordeaux|lille|nice|strasbourg|nantes|moscou|pékin|londres|alger|dakar|abidjan|kinshasa|québec|montréal|
        sevilla|valencia|bilbao|méxico|ciudad de méxico|bogotá|la habana|parís|bruselas|ginebra|moscú|pekín|roma|lisboa|porto|brasília|são paulo|luanda|maputo|
        milano|torino|napoli|bologna|firenze|palermo|genova|venezia|parigi|londra|berlino|bruxelles|mosca|pechino|
        warszawa|kraków|gdańsk|wrocław|poznań|praha|budapest|bucurești|i̇stanbul|istanbul|ankara|izmir|i̇zmir|den haag|rotterdam|antwerpen|københavn|
        москва|санкт-петербург|киев|київ|минск|мінськ|лондон|берлин|париж|вашингтон|пекин|нью-йорк|брюссель|женева|львів|одеса|харків|софия|
        القاهرة|الرياض|جدة|دبي|أبوظبي|أبو ظبي|الدوحة|الكويت|المنامة|مسقط|بيروت|دمشق|عمان|بغداد|القدس|غزة|رام الله|تونس|الجزائر|الرباط|طرابلس|الخرطوم|صنعاء|عدن|أنقرة|إسطنبول|طهران|لندن|باريس|واشنطن|نيويورك|موسكو|بكين|برلين|جنيف|بروكسل|
        नई दिल्ली|दिल्ली|मुंबई|कोलकाता|चेन्नई|बेंगलुरु|हैदराबाद|लखनऊ|पटना|जयपुर|भोपाल|चंडीगढ़|रांची|अहमदाबाद|नोएडा|गुरुग्राम|कानपुर|वाराणसी|इंदौर|देहरादून|श्रीनगर|इस्लामाबाद|वाशिंगटन|वॉशिंगटन|लंदन|न्यूयॉर्क|बीजिंग|मॉस्को|काठमांडू|ढाका|
        北京|上海|東京|大阪|台北|香港|ソウル|ワシントン|ロンドン|서울|부산|กรุงเทพฯ|กรุงเทพ|
        """
    );

    /// <param name="text">As it stands in the text.</param>
    internal static bool IsPlace(string text) => Places.Contains(Openings.Normal(text.Trim()));

    /// <summary>Whether it is an agency, or several of them or an agency's desk: “dpa/lnw”, “AP Photo”.</summary>
    internal static bool IsAgency(string text)
    {
        var name = Openings.Normal(text.Trim().TrimEnd('.'));
        return Agencies.Contains(name) || name.Split('/', ',', '=', '＝').Any(part => Agencies.Contains(part.Trim()));
    }

    private static FrozenSet<string> Set(string names) =>
        names
            .Split('|')
            .Select(name => Openings.Normal(name.Trim()))
            .Where(name => name.Length > 0)
            .ToFrozenSet(StringComparer.Ordinal);
}

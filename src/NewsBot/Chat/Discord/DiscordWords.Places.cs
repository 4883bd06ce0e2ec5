using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

internal static partial class DiscordWords
{
    // In the order of the languages: German, French, Spanish, Portuguese.
    private static readonly Dictionary<string, string[]> GroupsElsewhere = new(StringComparer.Ordinal)
    {
        ["me"] =
        [
            "Was über dich gespeichert ist",
            "Ce qui est gardé sur vous",
            "Lo que se guarda sobre ti",
            "O que está guardado sobre você",
        ],
        ["words"] =
        [
            "Wörter, die eine Antwort zurückhalten",
            "Les mots qui retiennent une réponse",
            "Palabras que retienen una respuesta",
            "Palavras que retêm uma resposta",
        ],
        ["moderation"] =
        [
            "Wie Moderatoren gefragt werden",
            "Comment les modérateurs sont consultés",
            "Cómo se consulta a los moderadores",
            "Como os moderadores são consultados",
        ],
        ["filter"] =
        [
            "Was von einer Quelle hereinkommt",
            "Ce qui entre d’une source",
            "Lo que entra de una fuente",
            "O que entra de uma fonte",
        ],
        ["bundle"] =
        [
            "Fertige Zusammenstellungen von Quellen",
            "Des ensembles de sources tout prêts",
            "Conjuntos de fuentes ya preparados",
            "Conjuntos de fontes já prontos",
        ],
        ["login"] =
        [
            "Quellen, die eine Anmeldung verlangen",
            "Sources qui demandent une connexion",
            "Fuentes que piden iniciar sesión",
            "Fontes que pedem login",
        ],
        ["digest"] =
        [
            "Die Übersicht eines Kanals",
            "Le résumé d’un salon",
            "El resumen de un canal",
            "O resumo de um canal",
        ],
        ["channel"] =
        [
            "Wie ein Kanal seine Meldungen bekommt",
            "Comment un salon reçoit ses nouvelles",
            "Cómo recibe un canal sus noticias",
            "Como um canal recebe suas notícias",
        ],
        ["token"] =
        [
            "Programme, die für ein Mitglied schreiben",
            "Les programmes qui écrivent pour un membre",
            "Programas que escriben por un miembro",
            "Programas que escrevem por um membro",
        ],
        ["community"] = ["Andere Orte", "D’autres espaces", "Otros espacios", "Outros espaços"],
        ["template"] =
        [
            "Wie Karten aussehen",
            "L’aspect des cartes",
            "El aspecto de las tarjetas",
            "A aparência dos cartões",
        ],
    };

    private static readonly Dictionary<string, string[]> PlacesElsewhere = new(StringComparer.Ordinal)
    {
        ["url"] = ["eine Adresse", "une adresse", "una dirección", "um endereço"],
        ["source"] =
        [
            "ihr Name oder ihre Adresse",
            "son nom ou son adresse",
            "su nombre o dirección",
            "seu nome ou endereço",
        ],
        ["story"] =
        [
            "Nummer, Link oder Wörter der Überschrift",
            "numéro, lien ou mots du titre",
            "número, enlace o palabras del título",
            "número, link ou palavras do título",
        ],
        ["loser"] =
        [
            "die auf die andere verweisen wird",
            "celle qui renverra à l’autre",
            "la que remitirá a la otra",
            "a que apontará para a outra",
        ],
        ["winner"] = ["die weitergeht", "celle qui continue", "la que continúa", "a que continua"],
        ["comment"] =
        [
            "etwa 12#3, oder sein Link",
            "comme 12#3, ou son lien",
            "como 12#3, o su enlace",
            "como 12#3, ou seu link",
        ],
        ["command"] = ["etwa digest set", "comme digest set", "como digest set", "como digest set"],
        ["code"] = ["wie er gezeigt wurde", "tel qu’il a été montré", "tal como se mostró", "como foi mostrado"],
        ["schedule"] =
        [
            "etwa weekdays 8:30, 17:00 Europe/Berlin",
            "comme weekdays 8:30, 17:00 Europe/Paris",
            "como weekdays 8:30, 17:00 Europe/Madrid",
            "como weekdays 8:30, 17:00 America/Sao_Paulo",
        ],
        ["duration"] = ["etwa 2 hours", "comme 2 hours", "como 2 hours", "como 2 hours"],
        ["words"] = ["gesuchte Wörter", "les mots cherchés", "palabras que buscar", "palavras a buscar"],
        ["value"] = ["der neue Wert", "la nouvelle valeur", "el valor nuevo", "o novo valor"],
        ["entry-url"] =
        [
            "die Adresse des Berichts",
            "l’adresse de l’article",
            "la dirección del artículo",
            "o endereço da matéria",
        ],
        ["filter"] =
        [
            "etwa title:(xiaomi OR huawei) -rumor",
            "comme title:(xiaomi OR huawei) -rumor",
            "como title:(xiaomi OR huawei) -rumor",
            "como title:(xiaomi OR huawei) -rumor",
        ],
        ["template"] =
        [
            "in Liquid, etwa {{ summary | truncate: 200 }}",
            "en Liquid, comme {{ summary | truncate: 200 }}",
            "en Liquid, como {{ summary | truncate: 200 }}",
            "em Liquid, como {{ summary | truncate: 200 }}",
        ],
        ["hours"] =
        [
            "etwa 22:00-7:00, oder off",
            "comme 22:00-7:00, ou off",
            "como 22:00-7:00, o off",
            "como 22:00-7:00, ou off",
        ],
        ["per-source"] =
        [
            "Meldungen einer Quelle",
            "nouvelles d’une source",
            "noticias de una fuente",
            "notícias de uma fonte",
        ],
        ["outlets"] = ["wie viele, oder off", "combien, ou off", "cuántos, u off", "quantos, ou off"],
        ["within"] = ["etwa 2 hours", "comme 2 hours", "como 2 hours", "como 2 hours"],
        ["languages"] = ["etwa en de, oder all", "comme en fr, ou all", "como en es, o all", "como en pt, ou all"],
        ["per-hour"] = ["Karten je Stunde", "cartes par heure", "tarjetas por hora", "cartões por hora"],
        ["per-day"] = ["Karten je Tag", "cartes par jour", "tarjetas por día", "cartões por dia"],
        ["cards"] = ["wie viele als Karten", "combien comme cartes", "cuántas como tarjetas", "quantas como cartões"],
        ["tags"] =
        [
            "Namen mit Kommas dazwischen, oder off",
            "des noms séparés par des virgules, ou off",
            "nombres separados por comas, o off",
            "nomes separados por vírgulas, ou off",
        ],
        ["role"] =
        [
            "leer lassen für keine",
            "laisser vide pour aucun",
            "vacío para ninguno",
            "deixe vazio para nenhum",
        ],
        ["role role"] = ["was sie dürfen", "ce qu’ils peuvent faire", "lo que pueden hacer", "o que podem fazer"],
        ["id"] = ["ihre Nummer", "son numéro", "su número", "seu número"],
        ["count"] = ["wie viele", "combien", "cuántos", "quantos"],
        ["set"] = ["ihr Name", "son nom", "su nombre", "seu nome"],
        ["reason"] =
        [
            "warum, für das Protokoll",
            "pourquoi, pour le journal",
            "por qué, para el registro",
            "por quê, para o registro",
        ],
        ["decision"] = ["was damit geschieht", "ce qu’il en advient", "qué pasa con ello", "o que acontece com ele"],
        ["place"] = ["off: wieder privat", "off : en privé", "off: en privado", "off: em particular"],
        ["links"] = ["welche warten", "lesquels attendent", "cuáles esperan", "quais esperam"],
        ["log"] = ["wer es lesen darf", "qui peut le lire", "quién puede leerlo", "quem pode ler"],
        ["name"] = ["der Name", "le nom", "el nombre", "o nome"],
        ["word"] = ["das Wort", "le mot", "la palabra", "a palavra"],
        ["period"] =
        [
            "ein Tag oder eine Woche",
            "un jour ou une semaine",
            "un día o una semana",
            "um dia ou uma semana",
        ],
        ["format"] = ["als OPML oder JSON", "en OPML ou en JSON", "en OPML o JSON", "em OPML ou JSON"],
        ["mode"] =
        [
            "einzeln, als Übersicht, oder beides",
            "une à une, en résumé, ou les deux",
            "una a una, en resumen, o ambas",
            "uma a uma, em resumo, ou ambos",
        ],
        ["layout"] =
        [
            "Karten oder eine kurze Liste",
            "des cartes ou une courte liste",
            "tarjetas o una lista breve",
            "cartões ou uma lista curta",
        ],
        ["mirror"] =
        [
            "nur posten, sammeln, oder auch spiegeln",
            "publier, recueillir, ou aussi refléter",
            "solo publicar, recoger, o también reflejar",
            "só publicar, reunir, ou também espelhar",
        ],
        ["reach"] =
        [
            "nur anderswohin spiegeln, oder auch hier",
            "refléter ailleurs seulement, ou ici aussi",
            "reflejar solo en otra parte, o aquí también",
            "espelhar só noutro lado, ou aqui também",
        ],
        ["publication"] =
        [
            "wer es im Web lesen darf",
            "qui peut le lire sur le web",
            "quién puede leerlo en la web",
            "quem pode ler na web",
        ],
        ["crosspost"] =
        [
            "ob Folgende es bekommen",
            "si les abonnés le reçoivent",
            "si lo reciben los seguidores",
            "se os seguidores recebem",
        ],
        ["indexing"] = ["ob sie dürfen", "s’ils le peuvent", "si pueden", "se podem"],
        ["setting"] = ["was geändert wird", "ce qui change", "lo que cambia", "o que muda"],
        ["offer"] =
        [
            "wie viele der neuesten gleich kommen, 0 bis 20; sonst 3",
            "combien des plus récentes publier aussitôt, 0 à 20 ; sinon 3",
            "cuántas de las más recientes publicar ya, de 0 a 20; si no, 3",
            "quantas das mais recentes publicar já, de 0 a 20; senão 3",
        ],
        ["items"] =
        [
            "für eine Seite ohne Feed: welche Teile Meldungen sind",
            "pour une page sans flux : quelles parties sont des articles",
            "para una página sin feed: qué partes son noticias",
            "para uma página sem feed: que partes são notícias",
        ],
        ["header"] =
        [
            "ein Kopf statt Name und Passwort",
            "un en-tête au lieu d’un nom et d’un mot de passe",
            "una cabecera en vez de nombre y contraseña",
            "um cabeçalho em vez de nome e senha",
        ],
        ["days"] =
        [
            "was an einem Tag ohne Meldungen geschieht",
            "ce qui se passe un jour sans nouvelles",
            "qué pasa un día sin noticias",
            "o que acontece num dia sem notícias",
        ],
        [DiscordCatalogue.ChannelOption] = ["ein anderer Kanal", "un autre salon", "otro canal", "outro canal"],
        [DiscordCatalogue.FileOption] =
        [
            "die Liste, wenn sie eine Datei ist",
            "la liste, si c’est un fichier",
            "la lista, si es un archivo",
            "a lista, se for um arquivo",
        ],
    };

    /// <summary>What the verbs of a group have in common, by language; null where nobody has written it.</summary>
    public static IReadOnlyDictionary<string, string>? Group(string name) =>
        GroupsElsewhere.TryGetValue(name, out var words) ? ByLanguage(words) : null;

    /// <summary>What belongs into a place of a command, by language; null where nobody has written it.</summary>
    public static IReadOnlyDictionary<string, string>? PlaceElsewhere(CommandSpec spec, string name) =>
        PlaceElsewhere(IsRank(spec, name) ? "role role" : name);

    /// <summary>What belongs into a place that many commands have, by language.</summary>
    public static IReadOnlyDictionary<string, string>? PlaceElsewhere(string name) =>
        PlacesElsewhere.TryGetValue(name, out var words) ? ByLanguage(words) : null;

    // Elsewhere "role" is one of Discord's; of this command it is one of ours.
    private static bool IsRank(CommandSpec spec, string name) => spec.Name == "role" && name == "role";
}

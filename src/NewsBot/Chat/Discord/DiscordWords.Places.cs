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
    public static IReadOnlyDictionary<string, string>? PlaceElsewhere(string name) =>
        PlacesElsewhere.TryGetValue(name, out var words) ? ByLanguage(words) : null;
}

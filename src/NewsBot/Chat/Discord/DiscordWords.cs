using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

/// <summary>What Discord's menus say, in the languages we have. Pure.</summary>
internal static partial class DiscordWords
{
    // Discord's names of the languages. Source: https://discord.com/developers/docs/reference#locales
    private static (string Locale, Dictionary<string, string> Verbs)[] Languages =>
        [("de", German), ("fr", French), ("es-ES", Spanish), ("pt-BR", Portuguese)];

    /// <summary>What each of the three commands is for, in English.</summary>
    public static IReadOnlyDictionary<string, string> Roots { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DiscordCommandName.Everyone] = "The news: newest stories, search, what you follow, what is kept about you",
            [DiscordCommandName.Moderators] = "For moderators: comments, their writers, stories",
            [DiscordCommandName.Admins] = "For admins: sources, filters, digests, channels",
        };

    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        [DiscordCommandName.Everyone] =
        [
            "Nachrichten: das Neueste, Suche, was du verfolgst, was über dich gespeichert ist",
            "Les nouvelles : les plus récentes, la recherche, ce que vous suivez, ce qui est gardé sur vous",
            "Las noticias: lo más reciente, búsqueda, lo que sigues, lo que se guarda sobre ti",
            "As notícias: as mais recentes, busca, o que você segue, o que está guardado sobre você",
        ],
        [DiscordCommandName.Moderators] =
        [
            "Für Moderatoren: Kommentare, wer sie schreibt, Meldungen",
            "Pour les modérateurs : commentaires, leurs auteurs, nouvelles",
            "Para moderadores: comentarios, sus autores, noticias",
            "Para moderadores: comentários, seus autores, notícias",
        ],
        [DiscordCommandName.Admins] =
        [
            "Für Admins: Quellen, Filter, Übersichten, Kanäle",
            "Pour les admins : sources, filtres, résumés, salons",
            "Para administradores: fuentes, filtros, resúmenes, canales",
            "Para administradores: fontes, filtros, resumos, canais",
        ],
        [DiscordCatalogue.NumberAndLink] =
        [
            "Kommentarnummer & Link",
            "Numéro & lien du commentaire",
            "Número y enlace",
            "Número e link",
        ],
        [DiscordCatalogue.Hide] = ["Ausblenden", "Masquer", "Ocultar", "Ocultar"],
        [DiscordCatalogue.MergeInto] = ["Zusammenlegen mit …", "Réunir avec…", "Unir con…", "Unir com…"],
    };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["me"] = "What is kept about you",
        ["words"] = "Words that hold a reply back",
        ["moderation"] = "How moderators are asked",
        ["filter"] = "What of a source comes in",
        ["bundle"] = "Ready-made sets of sources",
        ["digest"] = "The summary of a channel",
        ["channel"] = "How a channel gets its stories",
        ["token"] = "Programs that write for a member",
        ["community"] = "Other workspaces",
        ["template"] = "How cards look",
        ["login"] = "Feeds that want a login",
    };

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["url"] = "an address",
        ["entry-url"] = "the report's address",
        ["source"] = "its name or address",
        ["story"] = "number, link or words of the headline",
        ["loser"] = "the one that will point to the other",
        ["winner"] = "the one that goes on",
        ["comment"] = "such as 12#3, or its link",
        ["command"] = "such as digest set",
        ["code"] = "as it was shown",
        ["filter"] = "such as title:(xiaomi OR huawei) -rumor",
        ["template"] = "in Liquid, such as {{ summary | truncate: 200 }}",
        ["schedule"] = "such as weekdays 8:30, 17:00 Europe/Berlin",
        ["hours"] = "such as 22:00-7:00, or off",
        ["per-hour"] = "cards an hour",
        ["per-day"] = "cards a day",
        ["per-source"] = "stories of one source",
        ["outlets"] = "how many, or off",
        ["within"] = "such as 2 hours",
        ["languages"] = "such as en de, or all",
        ["cards"] = "how many as cards",
        ["duration"] = "such as 2 hours",
        ["tags"] = "names with commas between, or off",
        ["role"] = "left out for none",
        ["id"] = "its number",
        ["count"] = "how many",
        ["words"] = "words to look for",
        ["set"] = "its name",
        ["mode"] = "one by one, as a digest, or both",
        ["layout"] = "cards, or a short list",
        ["mirror"] = "only post, collect replies, or copy them too",
        ["reach"] = "copies elsewhere only, or within here too",
        ["publication"] = "who may read it on the web",
        ["crosspost"] = "whether followers get it",
        ["indexing"] = "whether they may",
        ["setting"] = "what is changed",
        ["period"] = "a day or a week",
        ["format"] = "as OPML or as JSON",
        ["value"] = "the new value",
        ["reason"] = "why, for the log",
        ["decision"] = "what happens to it",
        ["place"] = "off, for by private message",
        ["links"] = "which of them wait",
        ["log"] = "who may read it",
    };

    /// <summary>Descriptions of one of the three commands, by language.</summary>
    public static IReadOnlyDictionary<string, string> Root(string name) => ByLanguage(Others[name]);

    /// <summary>Names of a message command, by language.</summary>
    public static IReadOnlyDictionary<string, string> Message(string name) => ByLanguage(Others[name]);

    /// <summary>Descriptions of a verb, by language; null where nobody has written them.</summary>
    public static IReadOnlyDictionary<string, string>? Verb(string name)
    {
        var words = Languages
            .Where(language => language.Verbs.ContainsKey(name))
            .ToDictionary(language => language.Locale, language => language.Verbs[name], StringComparer.Ordinal);
        return words.Count == 0 ? null : words;
    }

    /// <summary>What the verbs of a group have in common.</summary>
    public static string GroupDescription(string name) => Groups.GetValueOrDefault(name, name);

    /// <summary>What belongs into a place of a command.</summary>
    public static string Place(CommandSpec spec, string name) =>
        IsRank(spec, name) ? "what they may do" : Places.GetValueOrDefault(name, name.Replace('-', ' '));

    private static Dictionary<string, string> ByLanguage(string[] words) =>
        Languages.Zip(words).ToDictionary(pair => pair.First.Locale, pair => pair.Second, StringComparer.Ordinal);
}

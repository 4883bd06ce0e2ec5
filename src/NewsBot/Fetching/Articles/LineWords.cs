using System.Text.RegularExpressions;

namespace NewsBot.Fetching.Articles;

/// <summary>Knows the words of lines that sites put around articles. All take folded text.</summary>
internal static partial class LineWords
{
    /// <summary>Whether a headline begins what readers wrote or what is said about the author: the article is over.</summary>
    public static bool EndsArticle(string folded) => Ends().IsMatch(folded);

    /// <summary>Whether a headline begins a list of other articles.</summary>
    public static bool LeadsElsewhere(string folded) => Elsewhere().IsMatch(folded);

    /// <summary>Whether a short line is an invitation, a notice or a credit.</summary>
    public static bool IsNotice(string folded) => Notice().IsMatch(folded);

    /// <summary>Whether a line without a full stop is a button, a date or a byline.</summary>
    public static bool IsLabel(string folded) => Label().IsMatch(folded);

    /// <summary>Whether a line asks for consent, a login or a script instead of saying something.</summary>
    public static bool IsWall(string folded) => Wall().IsMatch(folded);

    [GeneratedRegex(
        @"^\W*(([0-9]+|no|view|post|all|show|reader|your|add|write) )*comments?( \(?[0-9]+\)?)?( are closed.*| policy)?\W*$"
            + @"|^\W*(leave|post|add|write|submit) (a|your) (reply|comment)|^\W*[0-9]+ (responses|replies|thoughts|comments|kommentare|antworten|gedanken|reacties|commentaires|comentarios)\b|^\W*(responses|thoughts|replies) (to|on)\b"
            + @"|^\W*join the (discussion|conversation)|^\W*about the (author|writer)s?\W*$|^\W*about author|^\W*what do you think\?*$|^\W*discussion \(?[0-9]*\)?$"
            + @"|^\W*([0-9]+ )?kommentare?( \(?[0-9]+\)?)?( \w+ artikel)?\W*$|^\W*kommentar (schreiben|verfassen|hinterlassen|abgeben)|^\W*(schreibe?n? (sie )?|hinterlassen? (sie )?|verfasse )(einen|eine|ein|deinen|ihren) (kommentar|antwort)|^\W*hinterlasse eine antwort"
            + @"|^\W*(uber|zum) (den|die|der) autor(in|en)?\b|^\W*(diskutieren sie|diskussion)( mit( uns)?)?\W*$|^\W*was denkst du|^\W*ihre meinung|^\W*antwort(en)? (abbrechen|hinterlassen)|^\W*pingbacks?"
            + @"|^\W*([0-9]+ )?commentaires?( \(?[0-9]+\)?)?\W*$|^\W*(laisser|ajouter|poster) un commentaire|^\W*a propos de l'auteur"
            + @"|^\W*([0-9]+ )?comentarios?( \(?[0-9]+\)?)?\W*$|^\W*(deja|dejar|escribe) un (comentario|respuesta)|^\W*sobre el autor|^\W*(lascia|scrivi) un commento|^\W*commenti\W*$|^\W*(geef|laat) een reactie|^\W*reacties?\W*$|^\W*deixe um comentario"
            + @"|^\W*(dodaj|komentarze)|^\W*комментари|^\W*оставить комментарий|^\W*yorum(lar)?\W*$|^\W*(评论|留言|コメント)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Ends();

    [GeneratedRegex(
        @"^\W*(related|recommended|suggested|similar|popular|trending|latest|recent|more|other|further|top|featured|editor'?s'? picks?)\b( \w+){0,3}( (articles?|posts?|stories|news|reading|content|links|topics|videos?|coverage|headlines))\W*$"
            + @"|^\W*(related|see also|read (more|also|next)|also read|more (from|on|in|like|about|to read)\b.{0,60}|you (may|might) (also )?(like|enjoy|be interested).{0,30}|up next|don'?t miss|recommended( for you)?|most (read|popular|viewed)|trending( now)?|explore further|further reading|in this (section|article|story))\W*$"
            + @"|^\W*(lesen sie (auch|mehr|hier)|lies auch|auch interessant|mehr (zum|zu|aus|von|uber)\b.{0,50}|das konnte (sie|dich|euch) (auch )?interessieren.*|ahnliche (artikel|beitrage|themen)|verwandte (artikel|beitrage|themen)|weitere (artikel|beitrage|themen|informationen|nachrichten|meldungen|news).{0,30}|weiterfuhrende (links|informationen|artikel)|passend(e|er|es)? (zum|dazu|artikel|thema).{0,30}|zum weiterlesen|neueste (artikel|beitrage)|aktuelle (artikel|beitrage|news|meldungen)|beliebte (artikel|beitrage)|meist ?gelesen.*|zum thema|themen|empfehlungen( der redaktion| fur sie)?|fur dich empfohlen|schlagw?orte?( zum thema)?|tags|top ?-?(themen|artikel|news)|auch auf .{3,30}|teile[n]?|teile[n]? mit.*|share (this|on).{0,20}|folgen sie uns.*|follow us.*)\W*$"
            + @"|^\W*(a lire aussi|lire aussi|sur le meme (sujet|theme)|articles? (lies?|similaires|recommandes)|voir aussi|en savoir plus|les plus lus|te puede interesar|le puede interesar|lea tambien|lee tambien|noticias relacionadas|mas (noticias|sobre|en|leidas?).{0,40}|temas( relacionados)?|etiquetas|leggi anche|articoli correlati|potrebbe interessarti|lees ook|leia (tambem|mais)|veja tambem)\W*$"
            + @"|^\W*(читайте также|похожие|по теме|相关(阅读|新闻|文章|推荐)?|热门(推荐|文章)?|関連(記事|リンク)?)\W*$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Elsewhere();

    [GeneratedRegex(
        @"^\W*(sign up (for|to|now)|subscribe (to|now|here|for|today)|click here|(read|see) (more|also|next|related)\s*[:>»-]|also read\s*[:>»-]|related( \w+)?\s*[:|]|more\s*[:|]|follow (us|me|him|her) (on|at|via)|like us on|image( credit| source)?s?\s*[:|]|photos?( by| credits?| courtesy)?\s*[:|]|photo (by|courtesy)|picture\s*[:|]|credit\s*[:|]|file (photo|picture)|getty images"
            + @"|advertisement|story continues|article continues|continue reading|share (this|on)\b|copyright\b|©|\(c\) |all rights reserved|posted (by|on|in|at)\b|filed (under|in)\b|tagged( with| as)?\b\s*:?|tags?\s*:|categor(y|ies)\s*:|comments? (off|are closed)|(first )?published\b.{0,60}[0-9]|(last )?(updated|modified)\b.{0,50}[0-9]|download (the|our) app|get the latest|already (a (subscriber|member)|subscribed)|please (enable|turn on|log in|subscribe|sign in)|this (article|story|post) (was|is|has been|originally|first) .{0,30}(published|appeared|posted|syndicated)"
            + @"|lesen sie (auch|mehr|hier|dazu|weiter)|lies (auch|mehr)|auch interessant\s*:|mehr (zum thema|dazu)\s*:|weiterlesen|hier weiterlesen|(bild|foto|fotos|grafik|quelle|bildquelle|fotoquelle|titelbild|beitragsbild|bildnachweis|video|schlagw?orte|kategorien?|themen|autor|autorin)\s*:|anzeige\b\W*$|werbung\b\W*$|dieser (eintrag|beitrag|artikel) wurde|diese website (verwendet|speichert|nutzt)|deine e-mail-adresse|melde(n sie)? (dich|sich) .{0,30}newsletter|abonnieren sie|veroffentlicht (am|in|von|unter)\b|verschlagwortet|abgelegt unter|getaggt mit|jetzt (abonnieren|anmelden|registrieren)|alle rechte vorbehalten|teilen (mit|sie)\b|den artikel mit anderen teilen"
            + @"|lire aussi|a lire aussi|lire la suite|abonnez|inscrivez-vous|credits? photo|tous droits reserves|publie le\b|leer (mas|tambien)|lea tambien|lee tambien|suscrib|foto(s)?( de)?\s*:|publicidad\W*$|todos los derechos|leggi anche|iscriviti|foto di|lees ook|leia (tambem|mais)|читайте также|подпишитесь|фото\s*:|责任编辑|編集|if you.?re seeing this message|first-time subscribers|for the latest (stories|news)\b)"
            + @"|\b(please subscribe|subscribe to (our|the|this)|sign(ing)? up (to|for) (our|the)\b.{0,30}newsletter|newsletter\b.{0,40}(abonnieren|anmelden|bestellen)|never miss (a|the)|sign up now|(in|into|to) your inbox|inbox every|nur angemeldete (benutzer|nutzer|leser))\b",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Notice();

    [GeneratedRegex(
        @"^\W*((by|von|par|por|di|door|text|words|story by|written by|reviewed by|edited by|author|autor(in)?)\b:? .{2,60}"
            + @"|([0-9]+|a|one) (min(ute)?s?|minuten|sec)( lese(zeit|dauer))?( read)?|reading time.*|lesezeit.*|lesedauer.*|[0-9]+ (shares?|views?|likes?|aufrufe|mal geteilt)"
            + @"|share|shares|tweet|pin( it)?|print|drucken|email( this)?|e-mail|mail|teilen|twittern|merken|facebook|twitter|whatsapp|linkedin|pinterest|instagram|reddit|telegram|xing|flattr|pocket|copy link|link kopieren|feedback|save|speichern|compartir|imprimir|enviar|partager|imprimer|condividi|stampa"
            + @"|next|prev(ious)?|back|zuruck|weiter|nachster|vorheriger|(next|previous|older|newer) (posts?|article|story|page)|(nachster|vorheriger|voriger) (beitrag|artikel)|zuruck zu[rm]? .*|nach oben|back to top|top|home|startseite|menu|search|suche|login|log in|sign in|subscribe|abonnieren|mehr|more|read more|mehr erfahren|mehr lesen|weiterlesen|load more|show more|mehr anzeigen|advertisement|anzeige|werbung|sponsored|listen|video|play|audio|reply|antworten|report|permalink|permalien.*|edit|bearbeiten|(toggle )?navigation|skip to .*|click to .*|zum inhalt.*)\W*$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Label();

    [GeneratedRegex(
        @"\b(cookies?|consent|privacy policy|personenbezogene|datenschutz\w*|einwilligung|zustimm\w+|enable javascript|javascript (is|must|muss|aktivieren)|your browser|ad ?blocker|werbeblocker|partners? (may|store|process)|subscribe to (continue|read)|log ?in to (continue|read)|sign in to (continue|read)|already a subscriber|captcha|are (you )?(a )?human|access denied|unusual traffic|weiterlesen mit)\b",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Wall();
}

using System.Collections.Frozen;
using Lookup = System.Collections.Frozen.FrozenSet<string>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace NewsBot.Fetching.Articles;

/// <summary>The words sites name the parts of their pages with, in lower case; pairs are written as one.</summary>
internal static class PageNames
{
    /// <summary>No text of the page wherever they stand in a name.</summary>
    public static readonly Lookup Notices = Set(
        """
        cookie cookies consent gdpr cookiebar cookiebanner cookienotice cookieconsent newsletter newsletters newslettersignup
        adslot adsbygoogle paywalloffer subscribebox
        """
    );

    /// <summary>Around the article wherever they stand in a name.</summary>
    public static readonly Lookup Asides = Set(
        """
        nav navbar navigation navi navlinks subnav menu submenu megamenu menubar breadcrumb breadcrumbs crumbs breadcrumbtrail
        footer modal popup lightbox login signup signin newsletters
        subscribe subscription pagination paginator pager paging pagenav sidebar sidebars share shares sharing sharebar sharebuttons
        social socials socialmedia addtoany sharedaddy addthis shariff related relateds relatedposts relatedarticles recommended recommendation
        recommendations recommend recirc recirculation outbrain taboola plista advert adverts advertisement advertising
        adcontainer adwrapper sponsor sponsored promo promos promotion promobox teaser teasers teaserlist byline bylines caption
        captions copyright credit credits popular trending mostread mostpopular ticker newsticker toolbar skiplink skiplinks rating
        ratings tagcloud taglist taglinks catlinks hashtags authorbox authorbio authorinfo aboutauthor bio topbar masthead imprint
        disclaimer donate donation upsell readmore seealso morefrom alsoread readnext upnext screenreader visuallyhidden sronly
        printonly noprint postnav postmeta entrymeta entryfooter metabar metadata metainfo postinfo postdate pubdate publishdate tocbox
        similarposts similar youmaylike prevnext nextprev backtotop totop scrolltop searchform searchbox loginform
        feedback zergnet nextpost prevpost nextarticle morestories furtherreading mehrzum verwandte aehnliche
        anzeige werbung werbebanner banners navbox mwjumplink mweditsection editsection printfooter hatnote
        widgetarea widgetbar appstore appstores appdownload editorialpromo emailsignup optin leadform chatbot printbutton printfriendly bildunterschrift bildquelle autoreninfo
        """
    );

    /// <summary>Around the article where a name begins or ends with them.</summary>
    public static readonly Lookup Edges = Set(
        """
        tags meta author authors autor date datum ad ads banner info toc search print hidden invisible buttons button
        btn controls overlay next prev previous tools actions player form reviews logo lang languages language countdown poll
        quiz survey legal contact address published timestamp posted links subscribe views likes reactions tooltip cta infobox
        avatar profile pullquote sticky toggle dropdown flyout keywords
        """
    );

    /// <summary>What readers wrote.</summary>
    public static readonly Lookup Talk = Set(
        """
        comment comments commentlist commentarea commentsarea disqus respond commentform kommentar kommentare commentaire commentaires
        comentario comentarios replies livefyre fbcomments pingback pingbacks trackback trackbacks pinglist yorum reacties
        """
    );

    /// <summary>A name that ends with them tells how the page is, not what a part holds.</summary>
    public static readonly Lookup States = Set("open opened closed enabled disabled on off");

    /// <summary>A name that begins with them tells what belongs to a part, not what it is.</summary>
    public static readonly Lookup Modifiers = Set(
        "has no with without tag category cat is js not hide show status format type layout template theme"
    );

    /// <summary>The article's text.</summary>
    public static readonly Lookup Bodies = Set(
        """
        articlebody articlecontent articlecontents articletext articlecopy articlemaintext storybody storycontent storytext
        storycopy postbody postcontent posttext entrycontent entrybody entrytext newsbody newstext newscontent bodytext bodycopy
        textbody fulltext blogcontent blogtext singlecontent singlepostcontent namebody fieldbody nodecontent mwparseroutput
        mwcontenttext artikeltext artikelbody artikelinhalt artikelcontent beitragstext beitragscontent textebody cuerponoticia
        articulocuerpo noticiacuerpo notacuerpo textonoticia detailtext detailbody econtent pagetext postarticle postmessage
        """
    );

    /// <summary>The article's opening.</summary>
    public static readonly Lookup Leads = Set(
        "lead lede intro introduction standfirst subtitle subheadline dek deck abstract vorspann chapeau sapo ingress entradilla excerpt summary"
    );

    /// <summary>The page's content, where a name ends with them.</summary>
    public static readonly Lookup Contents = Set(
        "article main content contents maincontent post story entry hentry text primary body artikel beitrag inhalt news"
    );

    private static Lookup Set(string words) =>
        words
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}

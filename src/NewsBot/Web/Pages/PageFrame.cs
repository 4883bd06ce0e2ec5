using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web.SignIn;
using NewsBot.Web.Views;
using RazorSlices;

namespace NewsBot.Web.Pages;

/// <summary>What all pages share: who looks, at what time, and the frame around the content.</summary>
internal sealed class PageFrame(
    PageReader reader,
    PageAddresses addresses,
    WebAuthors authors,
    WebSessions sessions,
    SignInPlatforms platforms,
    IOptions<WebOptions> options,
    IOptions<WebChatOptions> chat,
    TimeProvider time
)
{
    public PageReader Reader => reader;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether the built-in chat is on.</summary>
    public bool HasChat => chat.Value.Enabled;

    /// <summary>Whether one can sign in with an account of a platform.</summary>
    public bool CanSignIn => platforms.IsOn;

    public Task<Member?> MemberAsync(HttpContext context) => authors.CurrentAsync(context, context.RequestAborted);

    /// <returns>Who signed in at this browser with an account of a platform; null where nobody did.</returns>
    public Task<SignedIn?> SignedInAsync(HttpContext context) => sessions.FindAsync(context);

    /// <summary>The same, read once more after something about them may have changed.</summary>
    public Task<SignedIn?> SignedInAnewAsync(HttpContext context) => sessions.FindAnewAsync(context);

    public async Task<Viewer> ViewerAsync(HttpContext context) =>
        Viewer.Of(
            options.Value.IsThisMachineOnly,
            await MemberAsync(context),
            (await SignedInAsync(context))?.Communities ?? []
        );

    public Viewer ViewerOf(Member? member) => Viewer.Of(options.Value.IsThisMachineOnly, member);

    /// <summary>Whether somebody may read what only admins do: an admin of this server's own community, or whoever sits at this machine while nobody else can reach it.</summary>
    public bool IsAdmin(Member? member) =>
        options.Value.IsThisMachineOnly || member is { Role: Role.Admin, Community.Value: PageReader.HomeCommunity };

    /// <summary>The root of the site as an absolute address without a slash at its end.</summary>
    public string Root(HttpContext context) => addresses.Origin(context.Request);

    /// <summary>A page in its frame.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">Plain text for the browser's tab.</param>
    /// <param name="body">Makes the content.</param>
    /// <param name="shape">Changes what is not usual; null for nothing.</param>
    /// <param name="status">HTTP status.</param>
    public async Task<IResult> PageAsync(
        HttpContext context,
        string title,
        Func<RazorSlice> body,
        Func<LayoutView, LayoutView>? shape = null,
        int status = StatusCodes.Status200OK
    )
    {
        var site = await reader.SiteAsync(context.RequestAborted);
        var layout = new LayoutView
        {
            // A browser shows it as one line with its own words: what turns the reading in it would turn those.
            Title = Wording.Straight(title),
            Site = site.Name,
            IsUnlisted = !site.IsIndexed,
            HasChat = HasChat,
            ShowsAll = options.Value.IsThisMachineOnly,
            Who = await WhoAsync(context),
            HasSettings = SettingsDoor.Find(null, await SignedInAsync(context), null) is not null,
            Body = body,
        };
        return new PageResult(shape is null ? layout : shape(layout), status);
    }

    /// <summary>A page that says what is wrong.</summary>
    public Task<IResult> ErrorAsync(
        HttpContext context,
        int status,
        string title,
        string detail,
        KeyValuePair<string, string>? link = null
    ) =>
        PageAsync(
            context,
            title,
            () => new Web_Pages_Error { Model = new ErrorView(title, detail, link) },
            layout => layout with { IsWide = true, IsUnlisted = true },
            status
        );

    /// <summary>
    /// Leads from an address of a time when communities were joined to where its story stands now for whoever asks; else says
    /// that there is no such story.
    /// </summary>
    /// <param name="context">Their request.</param>
    /// <param name="key">Begins with the story's number.</param>
    /// <param name="rest">What followed the key in the address, such as ".md"; empty for the story's page.</param>
    /// <param name="viewer">Who asks.</param>
    public async Task<IResult> NoStoryAsync(HttpContext context, string key, string rest, Viewer viewer) =>
        StoryPages.Id(key) is { } id && await reader.TwinAsync(id, viewer, context.RequestAborted) is { } twin
            // What follows "#" the browser keeps by itself.
            ? Results.Redirect(
                (rest.Length == 0 ? twin.Path : Paths.Story(twin.Id, "") + rest) + context.Request.QueryString
            )
            : await NoStoryAsync(context);

    /// <summary>The same where there is no such story and where there is one for members only: a stranger learns neither.</summary>
    public async Task<IResult> NoStoryAsync(HttpContext context) =>
        platforms.IsOn && await SignedInAsync(context) is null
            ? await ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such story for everybody",
                "The address may be cut short or mistyped, or the story is for members: sign in, and it is shown to you if you are one.",
                KeyValuePair.Create(SignInPages.PathFrom(Here(context)), "Sign in")
            )
            : await ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such story",
                "The address may be cut short or mistyped, or the story is not public."
            );

    /// <summary>Says that a form cannot be taken any more.</summary>
    public Task<IResult> ExpiredAsync(HttpContext context) =>
        ErrorAsync(
            context,
            StatusCodes.Status400BadRequest,
            "This form is too old",
            "The server was restarted, or the page stood open for long. Go back, copy your text, reload the page and send it again."
        );

    /// <summary>A redirect after a form. It must become a GET, so that reloading the page never sends it again.</summary>
    public static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    public Task<IResult> TakenDownAsync(HttpContext context) =>
        ErrorAsync(
            context,
            StatusCodes.Status410Gone,
            "This story was taken down",
            "Its headline, summary and comments are no longer shown, here or in any channel, at the wish of somebody who may ask for that."
        );

    private async Task<KeyValuePair<string, string>?> WhoAsync(HttpContext context) =>
        await SignedInAsync(context) is { } who ? KeyValuePair.Create(MyPages.Path, who.Name)
        : platforms.IsOn ? KeyValuePair.Create(SignInPages.PathFrom(Here(context)), "Sign in")
        : null;

    // Only a page that was asked for can be come back to.
    private static string Here(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments(SignInPages.Path, StringComparison.OrdinalIgnoreCase)
            ? OwnPath.Of(context.Request.GetEncodedPathAndQuery())
            : "/";
}

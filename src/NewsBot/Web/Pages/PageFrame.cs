using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web.Views;
using RazorSlices;

namespace NewsBot.Web.Pages;

/// <summary>What all pages share: who looks, at what time, and the frame around the content.</summary>
internal sealed class PageFrame(
    PageReader reader,
    PageAddresses addresses,
    WebAuthors authors,
    IOptions<WebOptions> options,
    IOptions<WebChatOptions> chat,
    TimeProvider time
)
{
    public PageReader Reader => reader;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether the built-in chat is on.</summary>
    public bool HasChat => chat.Value.Enabled;

    public Task<Member?> MemberAsync(HttpContext context) => authors.CurrentAsync(context, context.RequestAborted);

    public async Task<Viewer> ViewerAsync(HttpContext context) => ViewerOf(await MemberAsync(context));

    public Viewer ViewerOf(Member? member) => Viewer.Of(options.Value.IsThisMachineOnly, member);

    /// <summary>Whether somebody may read what only admins do: an admin, or whoever sits at this machine while nobody else can reach it.</summary>
    public bool IsAdmin(Member? member) => options.Value.IsThisMachineOnly || member?.Role == Role.Admin;

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
        var (name, _) = await reader.SiteAsync(context.RequestAborted);
        var layout = new LayoutView
        {
            Title = title,
            Site = name,
            HasChat = HasChat,
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

    public Task<IResult> NoStoryAsync(HttpContext context) =>
        ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is no such story",
            "The address may be cut short or mistyped, or the story is not public."
        );

    public Task<IResult> TakenDownAsync(HttpContext context) =>
        ErrorAsync(
            context,
            StatusCodes.Status410Gone,
            "This story was taken down",
            "Its headline, summary and comments are no longer shown, here or in any channel, at the wish of somebody who may ask for that."
        );
}

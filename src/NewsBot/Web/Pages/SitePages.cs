using NewsBot.Chat;
using NewsBot.Core.Communities;
using NewsBot.Fetching;
using NewsBot.Storage;
using NewsBot.Summarising;
using NewsBot.Web.Assets;
using NewsBot.Web.Views;
using NewsBot.WebSub;

namespace NewsBot.Web.Pages;

/// <summary>The front page and the pages beside the stories.</summary>
internal sealed class SitePages(
    PageFrame frame,
    LiveUpdates live,
    ChatStatus chats,
    StorageHealth health,
    PushAddress hubs,
    TimeProvider time,
    SummaryModel model
)
{
    // The list of names is long enough for any search a person types.
    private const int MaxQueryCharacters = 200;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public async Task<IResult> FrontAsync(HttpContext context, string? channel, string? before)
    {
        var viewer = await frame.ViewerAsync(context);
        var wanted = string.IsNullOrEmpty(channel) ? null : channel;
        if (wanted is not null)
        {
            var channels = await frame.Reader.ChannelsAsync(viewer, context.RequestAborted);
            if (channels.All(known => known.Name != wanted))
            {
                return await frame.ErrorAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "There is no such channel",
                    "It may have been renamed, or it is not public."
                );
            }
        }

        var view = await frame.Reader.FrontAsync(
            viewer,
            wanted,
            StoryCursor.Parse(before),
            frame.Now,
            context.RequestAborted
        );
        return await frame.PageAsync(
            context,
            wanted is null ? "Latest stories" : $"#{wanted}",
            () => new Web_Pages_Front { Model = view },
            layout =>
                layout with
                {
                    Section = SiteSection.Stories,
                    Canonical = view.IsOlder ? null : frame.Root(context) + Paths.Front(wanted),
                    Description = $"The latest stories read and discussed by {layout.Site}.",
                    Feeds = [new(Paths.Atom(wanted), wanted is null ? layout.Site : $"{layout.Site}: #{wanted}")],
                    IsUnlisted = layout.IsUnlisted || view.IsOlder,
                }
        );
    }

    public async Task<IResult> MemberAsync(HttpContext context, long id)
    {
        var viewer = await frame.ViewerAsync(context);
        if (await frame.Reader.MemberAsync(id, viewer, frame.Now, context.RequestAborted) is not { } view)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such member",
                "Either nobody has this number, or they do not want to be shown here."
            );
        }

        var (site, _) = await frame.Reader.SiteAsync(view.Community, context.RequestAborted);
        return await frame.PageAsync(
            context,
            view.Author.Name,
            () => new Web_Pages_Member { Model = view },
            layout =>
                layout with
                {
                    Site = site,
                    IsElsewhere = view.Community != PageReader.HomeCommunity,
                    IsWide = true,
                    IsUnlisted = true,
                }
        );
    }

    public async Task<IResult> SearchAsync(HttpContext context, string? q)
    {
        var typed = q ?? "";
        var query = typed.Length > MaxQueryCharacters ? typed[..MaxQueryCharacters] : typed;
        var viewer = await frame.ViewerAsync(context);
        var view = await frame.Reader.SearchAsync(query, viewer, frame.Now, context.RequestAborted);
        return await frame.PageAsync(
            context,
            view.Query.Length == 0 ? "Search" : $"Search: {view.Query}",
            () => new Web_Pages_Search { Model = view },
            layout => layout with { IsWide = true, IsUnlisted = true, Query = view.Query }
        );
    }

    public async Task<IResult> StatusAsync(HttpContext context)
    {
        var member = await frame.MemberAsync(context);
        var signedIn = (await frame.SignedInAsync(context))?.In(PageReader.HomeCommunity);
        var isAdmin = frame.IsAdmin(member) || signedIn?.Role == Role.Admin;
        // Whoever sets the channels sees how each of them is.
        var viewer = isAdmin ? new Viewer(true) : await frame.ViewerAsync(context);
        var now = frame.Now;
        var facts = await frame.Reader.StatusAsync(viewer, now, context.RequestAborted) with
        {
            Storage = health.Trouble,
        };
        var version = typeof(SitePages).Assembly.GetName().Version?.ToString(3) ?? "0";
        var connections = StatusConnections.Of(
            facts,
            _startedAt,
            frame.HasChat ? live.ReaderCount : null,
            chats.Read(),
            hubs.WhyOff,
            await model.TodayAsync(context.RequestAborted),
            isAdmin
        );
        var view = StatusReport.Of(facts, now, _startedAt, version, isAdmin, connections);
        return await frame.PageAsync(
            context,
            "Status",
            () => new Web_Pages_Status { Model = view },
            layout =>
                layout with
                {
                    Section = SiteSection.Status,
                    HasSettings = layout.HasSettings || member is { Role: >= Role.Moderator },
                    IsWide = true,
                    IsUnlisted = true,
                }
        );
    }

    public async Task<IResult> AboutAsync(HttpContext context)
    {
        var (name, _) = await frame.Reader.SiteAsync(context.RequestAborted);
        return await frame.PageAsync(
            context,
            "What is published, and how to opt out",
            () => new Web_Pages_About { Model = name },
            layout => layout with { IsWide = true }
        );
    }

    public async Task<IResult> PictureAsync(HttpContext context, long id, bool small)
    {
        var viewer = await frame.ViewerAsync(context);
        var bytes = await frame.Reader.PictureAsync(id, small, viewer, null, context.RequestAborted);
        return await PictureAsync(context, bytes, "image/webp", viewer);
    }

    /// <summary>A small picture for who shows no WebP. Made anew each time: who asks keeps it.</summary>
    public async Task<IResult> JpegAsync(HttpContext context, long id)
    {
        var viewer = await frame.ViewerAsync(context);
        var key = context.Request.Query["key"].ToString();
        var bytes = await frame.Reader.PictureAsync(id, small: true, viewer, key, context.RequestAborted);
        return await PictureAsync(
            context,
            bytes is null ? null : PictureEncoder.EncodeJpeg(bytes),
            "image/jpeg",
            viewer
        );
    }

    private async Task<IResult> PictureAsync(HttpContext context, byte[]? bytes, string type, Viewer viewer)
    {
        if (bytes is null)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such picture",
                "It was removed, or never stored."
            );
        }

        PageHeaders.Apply(context.Response);
        // A stored picture never changes: another one is stored under another id. What a member sees is not everybody's.
        var whose = viewer is { IsMember: true, Home: not null } ? "private" : "public";
        context.Response.Headers.CacheControl = $"{whose}, max-age=31536000, immutable";
        return Results.Bytes(bytes, type, entityTag: EntityTags.Of(bytes));
    }

    public async Task<IResult> AttachmentAsync(HttpContext context, long id)
    {
        var viewer = await frame.ViewerAsync(context);
        var bytes = await frame.Reader.AttachmentAsync(id, viewer, context.RequestAborted);
        if (bytes is null)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such picture",
                "It was removed with its comment, or is not shown here."
            );
        }

        PageHeaders.Apply(context.Response);
        // It goes with its comment, so nobody between may keep it.
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(bytes, "image/webp", entityTag: EntityTags.Of(bytes));
    }

    public async Task<IResult> AssetAsync(HttpContext context)
    {
        if (PageAssets.Find(context.Request.Path) is not { } asset)
        {
            return await NotFoundAsync(context);
        }

        PageHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType);
    }

    public Task<IResult> NotFoundAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is no such page",
            "The address may be cut short or mistyped. The search knows every story and comment."
        );
}

using System.IO.Compression;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Chat;
using NewsBot.Storage;
using NewsBot.Web.Security;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>Puts the pages into the server.</summary>
internal static class PageRoutes
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveUpdates>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<PageFrame>();
        services.AddSingleton<StoryPages>();
        services.AddSingleton<DiscussionPages>();
        services.AddSingleton<CrawlerPages>();
        services.AddSingleton<CommentForms>();
        services.AddSingleton<SitePages>();
        services.AddSingleton<SourcePages>();
        services.AddSingleton<ChatPages>();
        services.AddSingleton<AtomPages>();
        services.AddSingleton<LivePages>();
        services.AddChatCommands();
        services.AddSingleton<SettingsDoors>();
        services.AddSingleton<SettingsFields>();
        services.AddSingleton<SettingsRun>();
        services.AddSingleton<SettingsPages>();
        services.AddSingleton<ModerationPages>();
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = "proof";
            options.Cookie.Name = "newsbot-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddResponseCompression(options =>
        {
            // Safe over TLS as well: the one secret in a page, the form's proof, is encrypted afresh for each answer.
            options.EnableForHttps = true;
            options.MimeTypes =
            [
                "text/html",
                "text/css",
                "text/javascript",
                "text/plain",
                "image/svg+xml",
                "application/json",
                "application/problem+json",
                "application/atom+xml",
                "application/xml",
                "text/markdown",
            ];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        return services;
    }

    /// <summary>Compression and pages for what fails; before everything that answers.</summary>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app)
    {
        app.UseResponseCompression();
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            pages =>
                pages.UseExceptionHandler(
                    new ExceptionHandlerOptions
                    {
                        ExceptionHandler = ShowFailureAsync,
                        SuppressDiagnosticsCallback = RequestFaults.IsNoNews,
                    }
                )
        );
        return app;
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/",
            Read,
            (SitePages pages, HttpContext context, string? channel, string? before) =>
                pages.FrontAsync(context, channel, before)
        );
        routes.MapMethods(
            "/stories/{key}",
            Read,
            (StoryPages pages, HttpContext context, string key) => pages.StoryAsync(context, key)
        );
        routes.MapMethods(
            "/stories/{key}/comments/{number:int}",
            Read,
            (StoryPages pages, HttpContext context, string key, int number) => pages.CommentAsync(context, key, number)
        );
        CommentForms.Map(routes);
        routes.MapMethods(
            "/stories/{key}/comments.atom",
            Read,
            (AtomPages pages, HttpContext context, string key) => pages.CommentsAsync(context, key)
        );
        MapOtherForms(routes);
        routes.MapMethods(
            "/feed.atom",
            Read,
            (AtomPages pages, HttpContext context, string? channel) => pages.StoriesAsync(context, channel)
        );
        routes.MapMethods(
            "/members/{id:long}",
            Read,
            (SitePages pages, HttpContext context, long id) => pages.MemberAsync(context, id)
        );
        MapSite(routes);
        MapPictures(routes);
        routes.MapMethods("/assets/{name}", Read, (SitePages pages, HttpContext context) => pages.AssetAsync(context));
        routes.MapGet(
            "/live",
            (LivePages pages, HttpContext context, long? channel, long[]? story) =>
                pages.RunAsync(context, channel, story ?? [])
        );
        MapChat(routes);
        MapSettings(routes);
        routes.MapFallback((SitePages pages, HttpContext context) => pages.NotFoundAsync(context));
    }

    /// <summary>The pages beside the stories.</summary>
    private static void MapSite(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/search",
            Read,
            (SitePages pages, HttpContext context, string? q) => pages.SearchAsync(context, q)
        );
        routes.MapMethods(
            "/sources/{id:long}",
            Read,
            (SourcePages pages, HttpContext context, long id) => pages.ShowAsync(context, id)
        );
        routes.MapMethods("/status", Read, (SitePages pages, HttpContext context) => pages.StatusAsync(context));
        routes.MapMethods(
            Paths.Moderation,
            Read,
            (ModerationPages pages, HttpContext context) => pages.ShowAsync(context)
        );
        routes
            .MapPost(Paths.Moderation, (ModerationPages pages, HttpContext context) => pages.DecideAsync(context))
            .WithMetadata(new RequestSizeLimitAttribute(ModerationPages.MaxFormBytes));
        routes.MapMethods("/about", Read, (SitePages pages, HttpContext context) => pages.AboutAsync(context));
    }

    private static void MapOtherForms(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/stories/{key}/comments.json",
            Read,
            (DiscussionPages pages, HttpContext context, string key) => pages.JsonAsync(context, key)
        );
        routes.MapMethods(
            "/stories/{key}.md",
            Read,
            (DiscussionPages pages, HttpContext context, string key) => pages.MarkdownAsync(context, key)
        );
        routes.MapMethods("/robots.txt", Read, (CrawlerPages pages, HttpContext context) => pages.RobotsAsync(context));
        routes.MapMethods(
            "/sitemap.xml",
            Read,
            (CrawlerPages pages, HttpContext context) => pages.SitemapAsync(context)
        );
        routes.MapMethods(
            "/sitemaps/{community:long}-{number:int}.xml",
            Read,
            (CrawlerPages pages, HttpContext context, long community, int number) =>
                pages.FileAsync(context, community, number)
        );
    }

    private static void MapChat(IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/chat").AddEndpointFilter<OnlyWhileChatIsOn>();
        chat.MapMethods("", Read, (ChatPages pages, HttpContext context) => pages.FirstAsync(context));
        chat.MapMethods(
            "/{channel}",
            Read,
            (ChatPages pages, HttpContext context, string channel) => pages.ShowAsync(context, channel)
        );
        var forms = chat.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(ChatPages.MaxFormBytes));
        forms.MapPost("/name", (ChatPages pages, HttpContext context) => pages.ClaimAsync(context));
        forms.MapPost(
            "/{channel}/messages",
            (ChatPages pages, HttpContext context, string channel) => pages.PostAsync(context, channel)
        );
        forms.MapPost(
            "/{channel}/messages/{id:long}/edit",
            (ChatPages pages, HttpContext context, string channel, long id) => pages.EditAsync(context, channel, id)
        );
        forms.MapPost(
            "/{channel}/messages/{id:long}/delete",
            (ChatPages pages, HttpContext context, string channel, long id) => pages.DeleteAsync(context, channel, id)
        );
        forms.MapPost(
            "/{channel}/dismiss/{id:long}",
            (ChatPages pages, HttpContext context, string channel, long id) => pages.DismissAsync(context, channel, id)
        );
    }

    private static void MapSettings(IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup(Paths.Settings);
        settings.MapMethods("", Read, (SettingsPages pages, HttpContext context) => pages.ShowAsync(context));
        settings.MapMethods(
            "/{verb}",
            Read,
            (SettingsPages pages, HttpContext context, string verb) => pages.FormAsync(context, verb)
        );
        var forms = settings.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(SettingsPages.MaxFormBytes));
        forms.MapPost(
            "/{verb}",
            (SettingsPages pages, HttpContext context, string verb) => pages.RunAsync(context, verb)
        );
        forms.MapPost(
            "/{verb}/confirm",
            (SettingsPages pages, HttpContext context, string verb) =>
                pages.AnswerAsync(context, verb, isConfirmed: true)
        );
        forms.MapPost(
            "/{verb}/cancel",
            (SettingsPages pages, HttpContext context, string verb) =>
                pages.AnswerAsync(context, verb, isConfirmed: false)
        );
    }

    private static async Task ShowFailureAsync(HttpContext context)
    {
        var frame = context.RequestServices.GetRequiredService<PageFrame>();
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, title, words) = error switch
        {
            _ when RequestFaults.StatusOf(error) is { } fault => (
                fault,
                "This request cannot be read",
                "Something in the address or the form is not as it should be. Go back and try again."
            ),
            StorageTroubleException trouble => (
                StatusCodes.Status503ServiceUnavailable,
                "Nothing can be stored now",
                trouble.Message
            ),
            _ => (
                StatusCodes.Status500InternalServerError,
                "Something went wrong here",
                "It is not your fault, and nothing you wrote before was lost. It stands in the server's log; try again in a moment."
            ),
        };
        try
        {
            var page = await frame.ErrorAsync(context, status, title, words);
            await page.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever cut the connection reads no page, and nobody has to read of that in the log.
        }
    }

    private static void MapPictures(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/pictures/{id:long}",
            Read,
            (SitePages pages, HttpContext context, long id) => pages.PictureAsync(context, id, small: false)
        );
        routes.MapMethods(
            "/pictures/{id:long}/small",
            Read,
            (SitePages pages, HttpContext context, long id) => pages.PictureAsync(context, id, small: true)
        );
        routes.MapMethods(
            "/pictures/{id:long}/jpeg",
            Read,
            (SitePages pages, HttpContext context, long id) => pages.JpegAsync(context, id)
        );
        routes.MapMethods(
            "/attachments/{id:long}",
            Read,
            (SitePages pages, HttpContext context, long id) => pages.AttachmentAsync(context, id)
        );
    }
}

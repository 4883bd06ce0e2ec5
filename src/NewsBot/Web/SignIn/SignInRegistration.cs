using Microsoft.AspNetCore.Mvc;
using NewsBot.Processes;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <summary>Wires this folder.</summary>
internal static class SignInRegistration
{
    // A code, or the number of a session.
    private const long MaxFormBytes = 10_000;

    // One process asks for all.
    private const string Rounds = "standings";

    /// <summary>Adds sessions, and the ways to begin one that are set up.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var platforms = SignInPlatforms.In(configuration);
        services
            .AddSingleton(platforms)
            .AddSingleton<WebSessionStore>()
            .AddSingleton<WebSessions>()
            .AddSingleton<Standings>()
            .AddSingleton<StandingRounds>()
            .AddSingleton<SignInFlow>()
            .AddSingleton<SignInPages>()
            .AddSingleton<MyPages>()
            .AddSingleton<PageComments>();
        if (platforms.IsOn)
        {
            SignInSchemes.Add(services, platforms);
            services.AddKeyedSingleton<IHostedService>(
                Rounds,
                (provider, _) => provider.GetRequiredService<StandingRounds>()
            );
            services.AddDuty(Rounds);
        }

        return services;
    }

    /// <summary>Takes the platforms' answers; behind everything that refuses requests.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<SignInPlatforms>().IsOn)
        {
            return;
        }

        app.UseAuthentication();
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            SignInPages.Path,
            (SignInPages pages, HttpContext context, string? back) => pages.ChooseAsync(context, back)
        );
        // Each leads to a platform under this server's name, so nobody may begin without end.
        routes.MapGet(
            "/sign-in/{platform}/start",
            (SignInPages pages, HttpContext context, string platform, string? back) =>
                pages.StartAsync(context, platform, back)
        );
        routes.MapGet("/me", (MyPages pages, HttpContext context) => pages.ShowAsync(context));
        var forms = routes.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        forms.MapPost("/sign-out", (SignInPages pages, HttpContext context) => pages.OutAsync(context));
        forms.MapPost("/me", (MyPages pages, HttpContext context) => pages.RunAsync(context));
        forms.MapPost(
            "/me/sessions/{id:long}/end",
            (MyPages pages, HttpContext context, long id) => pages.EndSessionAsync(context, id)
        );
    }
}

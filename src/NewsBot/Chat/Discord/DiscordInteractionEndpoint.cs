using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Interactions;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Web.Security;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Takes interactions over HTTP, where the application is set up so. Only what Discord signed a moment ago is read.
/// Source: https://discord.com/developers/docs/interactions/overview#configuring-an-interactions-endpoint-url
/// </summary>
internal sealed class DiscordInteractionEndpoint(
    InteractionSignature signature,
    DiscordCommands commands,
    ForgedRequests forged,
    SignedRequests signedRequests,
    TimeProvider time
)
{
    public const string Path = "/discord/interactions";

    // Discord's own are a few kilobytes; a form may hold some 20 more.
    private const int MaxBodyBytes = 1024 * 1024;

    // A signed request that somebody kept is not played again later; clocks may differ by as much.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>Maps it where Discord is on and <c>Chat:Discord:PublicKey</c> is set.</summary>
    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<DiscordOptions>>().Value;
        if (!options.IsOn || options.PublicKey is not { Length: > 0 } key)
        {
            return;
        }

        var endpoint = new DiscordInteractionEndpoint(
            new InteractionSignature(key),
            app.Services.GetRequiredService<DiscordCommands>(),
            app.Services.GetRequiredService<ForgedRequests>(),
            app.Services.GetRequiredService<SignedRequests>(),
            app.Services.GetRequiredService<TimeProvider>()
        );
        // Taken apart like this, what is returned is sent; a handler of the whole context would have to write it itself.
        app.MapPost(Path, (HttpRequest request, CancellationToken aborted) => endpoint.HandleAsync(request, aborted))
            .DisableAntiforgery()
            .DisableRateLimiting()
            .ExcludeFromDescription();
    }

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var timestamp = request.Headers["X-Signature-Timestamp"].ToString();
        var signed = request.Headers["X-Signature-Ed25519"].ToString();
        // What cannot be signed is refused before its body costs anything.
        if (!IsFresh(timestamp) || !InteractionSignature.CanBe(signed))
        {
            return forged.Refuse(request);
        }

        var (body, status) = await PlatformBody.ReadAsync(request, MaxBodyBytes, time, cancellationToken);
        if (body is null)
        {
            return Results.StatusCode(status);
        }

        if (!signature.IsValid(signed, timestamp, body))
        {
            return forged.Refuse(request);
        }

        if (Parse(body) is not { } interaction)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (interaction.Type == InteractionType.Ping)
        {
            return Results.Text("""{"type":1}""", "application/json");
        }

        // What a menu asks for changes nothing, and comes with every letter.
        if (
            interaction.Type == InteractionType.Autocomplete
            || await signedRequests.TakeAsync(signed, cancellationToken)
        )
        {
            await commands.HandleAsync(interaction, cancellationToken);
        }

        // The answer goes to Discord by a call of its own.
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private bool IsFresh(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= FreshFor.TotalSeconds;

    private static Interaction? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Interaction>(body, DiscordJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord.Interactions;

namespace NewsBot.Chat.Discord;

/// <summary>The <c>Chat:Discord</c> section of the settings.</summary>
internal sealed class DiscordOptions
{
    public const string Section = "Chat:Discord";

    /// <summary>The bot's token from the developer portal; without one Discord is off. Default none.</summary>
    public string? BotToken { get; set; }

    /// <summary>The application's public key (64 hexadecimal digits), where interactions come by HTTP. Default none: they come over the gateway.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The application's client id, where members sign in on the web with Discord. Default none.</summary>
    public string? ClientId { get; set; }

    /// <summary>The application's client secret; goes with <see cref="ClientId"/>. Default none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where the API is. Default https://discord.com/api/v10; http only for this machine.</summary>
    public string ApiBaseUrl { get; set; } = "https://discord.com/api/v10";

    public bool IsOn => !string.IsNullOrWhiteSpace(BotToken);

    /// <summary>Reads from settings that were not checked yet whether Discord is on.</summary>
    public static bool IsOnIn(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[$"{Section}:BotToken"]);
}

/// <summary>Checks what an attribute cannot.</summary>
internal sealed class DiscordOptionsValidator : IValidateOptions<DiscordOptions>
{
    private const int KeyDigits = 64;

    public ValidateOptionsResult Validate(string? name, DiscordOptions options)
    {
        List<string> problems = [];
        if (
            options.BotToken is { } token
            && (token.Any(char.IsWhiteSpace) || token.StartsWith("Bot", StringComparison.Ordinal))
        )
        {
            problems.Add(
                "Chat:Discord:BotToken is not a token; copy it from the page “Bot” of your application, without “Bot ” before it and without spaces."
            );
        }

        if (options.PublicKey is { } key && (key.Length != KeyDigits || !key.All(char.IsAsciiHexDigit)))
        {
            problems.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Chat:Discord:PublicKey has {key.Length} characters; copy the 64 hexadecimal digits from the page “General Information” of your application."
                )
            );
        }
        else if (options.PublicKey is { } digits && !IsKey(digits))
        {
            problems.Add(
                "Chat:Discord:PublicKey is not a key; copy it again from the page “General Information” of your application."
            );
        }

        problems.AddRange(SigningIn(options));
        if (
            !Uri.TryCreate(options.ApiBaseUrl, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        )
        {
            problems.Add(
                $"Chat:Discord:ApiBaseUrl is “{options.ApiBaseUrl}”; leave it out, or write an https address (http only for this machine)."
            );
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> SigningIn(DiscordOptions options)
    {
        if (string.IsNullOrEmpty(options.ClientId) != string.IsNullOrEmpty(options.ClientSecret))
        {
            yield return "Chat:Discord:ClientId and Chat:Discord:ClientSecret go together; copy both from the page “OAuth2” of your application, or leave both out.";
        }
        else if (options.ClientId is { Length: > 0 } id && (id.Length > 20 || !id.All(char.IsAsciiDigit)))
        {
            yield return "Chat:Discord:ClientId is not an id; copy the digits from the page “OAuth2” of your application.";
        }
        else if (
            options.ClientSecret is { } secret
            && (secret.Length > 200 || secret.Any(character => character is <= ' ' or > '~'))
        )
        {
            yield return "Chat:Discord:ClientSecret has spaces in it or is too long; copy it from the page “OAuth2” of your application.";
        }
        else if (options is { IsOn: false, ClientId.Length: > 0 })
        {
            yield return "Chat:Discord:BotToken is missing: the bot asks Discord who belongs to your server when somebody signs in. Set it, or leave Chat:Discord:ClientId and Chat:Discord:ClientSecret out.";
        }
    }

    private static bool IsKey(string digits)
    {
        try
        {
            _ = new InteractionSignature(digits);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;

namespace NewsBot.Web.SignIn;

/// <summary>The platforms one can sign in with here.</summary>
/// <param name="All">Empty where none is set up.</param>
internal sealed record SignInPlatforms(IReadOnlyList<SignInPlatform> All)
{
    /// <summary>Reads from settings that were not checked yet which there are: those that are connected and whose application has an id and a secret.</summary>
    public static SignInPlatforms In(IConfiguration configuration) =>
        new([
            .. new[] { SignInPlatform.Discord, SignInPlatform.Slack }.Where(platform =>
                Has(configuration, platform.Section, "ClientId")
                && Has(configuration, platform.Section, "ClientSecret")
                && (platform != SignInPlatform.Discord || DiscordOptions.IsOnIn(configuration))
            ),
        ]);

    public bool IsOn => All.Count > 0;

    private static bool Has(IConfiguration configuration, string section, string key) =>
        !string.IsNullOrWhiteSpace(configuration[$"{section}:{key}"]);
}

/// <summary>A platform one can sign in with.</summary>
/// <param name="Name">As in addresses and the database.</param>
/// <param name="Label">As people call it.</param>
/// <param name="Section">Its settings.</param>
internal sealed record SignInPlatform(string Name, string Label, string Section)
{
    public static SignInPlatform Discord { get; } = new("discord", "Discord", DiscordOptions.Section);

    public static SignInPlatform Slack { get; } = new("slack", "Slack", SlackOptions.Section);

    /// <summary>Where the platform sends the browser back to; to be entered there as a redirect address.</summary>
    public string ReturnPath => $"/sign-in/{Name}";

    /// <summary>Where signing in begins.</summary>
    public string StartPath => $"/sign-in/{Name}/start";
}

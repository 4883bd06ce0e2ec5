using Microsoft.Extensions.Options;

namespace NewsBot;

/// <summary>Which workspaces share a community because the settings say so: a name, and its workspaces.</summary>
internal sealed class CommunitySettings : Dictionary<string, CommunitySetting>
{
    public const string SectionName = "Communities";

    public CommunitySettings()
        : base(StringComparer.OrdinalIgnoreCase) { }
}

/// <summary>One community of the settings.</summary>
internal sealed class CommunitySetting
{
    /// <summary>Such as <c>discord:1234567890</c>, <c>slack:T0123ABCD</c> or <c>web</c>.</summary>
    public IList<string> Workspaces { get; } = [];
}

/// <summary>Refuses what names no workspace, and a workspace in two communities.</summary>
internal sealed class CommunitySettingsValidator : IValidateOptions<CommunitySettings>
{
    // As long as community names are elsewhere.
    private const int MaxName = 100;

    public ValidateOptionsResult Validate(string? name, CommunitySettings options)
    {
        List<string> problems = [];
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach (var (community, setting) in options)
        {
            var key = $"{CommunitySettings.SectionName}:{community}:{nameof(CommunitySetting.Workspaces)}";
            if (string.IsNullOrWhiteSpace(community) || community.Length > MaxName)
            {
                problems.Add($"{key}: a community's name has 1 to {MaxName} characters. Shorten it.");
            }

            if (setting.Workspaces.Count < 2)
            {
                problems.Add(
                    $"{key} names fewer than two workspaces. A workspace alone needs no setting; add the other one, or remove {community}."
                );
            }

            for (var i = 0; i < setting.Workspaces.Count; i++)
            {
                Check($"{key}:{i}", setting.Workspaces[i]);
            }
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

        void Check(string key, string text)
        {
            if (WorkspaceKey.Parse(text) is not { } workspace)
            {
                problems.Add(
                    $"{key} is “{text}”; write discord: and the server's id (digits), slack: and the workspace's id (such as T0123ABCD), or web."
                );
            }
            else if (!seen.TryAdd(workspace.ToString(), key))
            {
                problems.Add(
                    $"{key}: {workspace} stands in {seen[workspace.ToString()]} already, and a workspace is in one community only. Remove one of the two."
                );
            }
        }
    }
}

/// <summary>A workspace as the settings name it.</summary>
/// <param name="Platform">"discord", "slack" or "web".</param>
/// <param name="Id">The platform's own id of it; "web" for the built-in chat.</param>
internal sealed record WorkspaceKey(string Platform, string Id)
{
    // Ids of both platforms are far shorter.
    private const int MaxId = 30;

    /// <returns>Null where the text names none.</returns>
    public static WorkspaceKey? Parse(string? text)
    {
        var parts = (text ?? "").Trim().Split(':', 2);
        return (parts[0].ToLowerInvariant(), parts.ElementAtOrDefault(1)?.Trim()) switch
        {
            ("web", null) => new WorkspaceKey("web", "web"),
            ("discord", { Length: > 0 and <= MaxId } id) when id.All(char.IsAsciiDigit) => new WorkspaceKey(
                "discord",
                id
            ),
            ("slack", { Length: > 1 and <= MaxId } id)
                when id.All(char.IsAsciiLetterOrDigit) && char.ToUpperInvariant(id[0]) is 'T' or 'E' =>
                new WorkspaceKey("slack", id.ToUpperInvariant()),
            _ => null,
        };
    }

    public override string ToString() => Platform == "web" ? Platform : $"{Platform}:{Id}";
}

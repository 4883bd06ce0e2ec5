namespace NewsBot.Core.Feeds;

internal static partial class KnownSites
{
    // The first part of an address there that is nobody's name.
    private static readonly string[] NoOwners =
    [
        "explore",
        "features",
        "marketplace",
        "settings",
        "sponsors",
        "topics",
    ];

    private static string[] GitHub(string[] parts) =>
        parts switch
        {
            [var owner, ..] when NoOwners.Contains(owner, StringComparer.Ordinal) => [],
            ["orgs", var owner, ..] => [$"/{owner}.atom"],
            [var owner, var repository, "tags", ..] => [$"/{owner}/{repository}/tags.atom"],
            [var owner, var repository, "releases", "tag", ..] => [$"/{owner}/{repository}/releases.atom"],
            [var owner, var repository, "releases", ..] => [$"/{owner}/{repository}/releases.atom"],
            [var owner, var repository, "wiki", ..] => [$"/{owner}/{repository}/wiki.atom"],
            [var owner, var repository, "commits" or "tree", var branch, ..] =>
            [
                $"/{owner}/{repository}/commits/{branch}.atom",
                $"/{owner}/{repository}/commits.atom",
            ],
            [var owner, var repository, "commits", ..] => [$"/{owner}/{repository}/commits.atom"],
            [var owner, var repository, ..] =>
            [
                $"/{owner}/{repository}/releases.atom",
                $"/{owner}/{repository}/tags.atom",
                $"/{owner}/{repository}/commits.atom",
            ],
            [var owner] => [$"/{owner}.atom"],
            _ => [],
        };

    // A project lies in one group or in groups of groups; what it consists of stands behind "-".
    private static string[] GitLab(Uri page, string[] parts)
    {
        var dash = Array.IndexOf(parts, "-");
        var path = "/" + string.Join('/', dash < 0 ? parts : parts[..dash]);
        if (path == "/")
        {
            return [];
        }

        return (dash < 0 ? [] : parts[(dash + 1)..]) switch
        {
            ["releases", ..] => [$"{path}/-/releases.atom"],
            ["tags", ..] => [$"{path}/-/tags?format=atom"],
            ["commits" or "tree", var branch, ..] => [$"{path}/-/commits/{branch}?format=atom"],
            ["issues" or "merge_requests", ..] when page.Query.Length == 0 => [$"{path}/-/{parts[dash + 1]}.atom"],
            _ when parts.Length == 1 => [$"{path}.atom"],
            _ => [$"{path}/-/releases.atom", $"{path}/-/tags?format=atom", $"{path}.atom"],
        };
    }

    private static string[] Forgejo(string[] parts) =>
        parts switch
        {
            ["explore", ..] => [],
            [var owner, var repository, "releases" or "tags", ..] => [$"/{owner}/{repository}/{parts[2]}.rss"],
            [var owner, var repository, ..] => [$"/{owner}/{repository}/releases.rss", $"/{owner}/{repository}.rss"],
            [var owner] => [$"/{owner}.rss"],
            _ => [],
        };
}

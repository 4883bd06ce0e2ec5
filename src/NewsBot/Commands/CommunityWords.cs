using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Says in words what joining and parting will do, before it is done. Pure.</summary>
internal static class CommunityWords
{
    private const int MaxName = 60;

    /// <param name="ours">Where the code is typed.</param>
    /// <param name="theirs">Where it was shown.</param>
    /// <param name="shared">How many sources and stories are in both.</param>
    public static string Joining(CommunityFacts ours, CommunityFacts theirs, (long Sources, long Stories) shared) =>
        $"""
        {Both(ours, theirs, "**")} will be one community.

        From now on:
        - Each story has one discussion; where replies are copied is still said by each channel (`channel mirror`). What a channel publishes, and to whom, stays as it is set there.
        - The people of both see each other's stories, names, and those comments that their channels do not keep to themselves.
        - The admins and moderators of both may do everything in both.

        These come together:
        {Side(ours)}
        {Side(theirs)}
        - in both: {Count(shared.Sources, "source")}, read once from now on, and {Count(
            shared.Stories,
            "story",
            "stories"
        )}, each of which becomes one
        - a person who is on both sides stays two members until they link themselves (`me link`)

        These stay: every channel with its settings and cards, every subscription with its filter, logins of feeds with the side that typed them, mutes, opt-outs and pseudonyms, and what was done before in `audit`.

        Either side can end it at any time with `community unlink`; then each takes its own along.
        """;

    /// <param name="link">Who parts from whom.</param>
    /// <param name="copies">Copies of comments that now stand on the other side.</param>
    public static string Parting(CommunityLink link, long copies) =>
        $"""
            **{Line(link.GuestName)}** will part from **{Line(link.HostName)}**. Each side takes its own along:

            - its channels, members and words, and the comments its people wrote. A story that both had goes on on both sides; where the other side wrote, the number stays and nothing else.
            - its sources. One that both had, or that both listen to, is each side's own again; one with a login stays with the side that brought it.
            - {(
                copies == 0
                    ? "no copies of comments have to be taken back"
                    : $"{Count(copies, "copy", "copies")} of comments on the other side's platforms {(copies == 1 ? "is" : "are")} taken back"
            )}
            - what was told privately meanwhile is forgotten. What was done meanwhile stays in `audit` on the side of who did it, without what was of the other side, and cannot be undone any more.
            - somebody who is on both sides is two members again; a mute, an opt-out and an erasure go on for both.

            This cannot be undone; joining again needs a new code.
            """;

    /// <summary>Names two communities; by where they are, where both are called the same.</summary>
    public static string Both(CommunityFacts ours, CommunityFacts theirs, string mark = "") =>
        ours.Name == theirs.Name
            ? $"{mark}{Places(ours)}{mark} and {mark}{Places(theirs)}{mark}"
            : $"{mark}{Line(ours.Name)}{mark} and {mark}{Line(theirs.Name)}{mark}";

    private static string Places(CommunityFacts facts) => Names(facts.Workspaces, facts.Workspaces.Count, "");

    private static string Side(CommunityFacts facts) =>
        $"- {Places(facts)}: {Count(facts.ChannelCount, "channel")}{Listed(facts.Channels, facts.ChannelCount, "#")}, {Count(
            facts.SourceCount,
            "source"
        )}{Listed(facts.Sources, facts.SourceCount - facts.LoginCount, "")}{(
            facts.LoginCount == 0 ? "" : $", {facts.LoginCount} of them with a login"
        )}, {Count(facts.MemberCount, "member")}, {Count(facts.StoryCount, "story", "stories")}";

    private static string Listed(IReadOnlyList<string> names, long all, string sign) =>
        names.Count == 0 ? "" : $" ({Names(names, all, sign)})";

    private static string Names(IReadOnlyList<string> names, long all, string sign) =>
        names.Count == 0
            ? "nothing yet"
            : string.Join(", ", names.Select(name => sign + Line(name)))
                + (all > names.Count ? $" and {all - names.Count} more" : "");

    private static string Count(long count, string one, string? many = null) =>
        many is null ? LengthOfTime.Count(count, one) : LengthOfTime.Count(count, one, many);

    private static string Line(string name) => MarkdownEscape.Line(name, MaxName);
}

namespace NewsBot.Tests.Communities;

/// <summary>One way to look into a community.</summary>
/// <param name="Name">What the test is called by.</param>
/// <param name="OpenAsync">What somebody of one side gets to read there.</param>
/// <param name="ShowsOwn">Whether their own side's word has to stand in it, so that a door that is shut by mistake is noticed.</param>
/// <param name="WhileJoined">
/// Whether the other side's word has to stand in it while both are one: that it does not afterwards would prove nothing
/// of a door that never shows it. Null where it may.
/// </param>
internal sealed record CrossingDoor(
    string Name,
    Func<CrossingWorld, CrossingSide, Task<string>> OpenAsync,
    bool ShowsOwn = false,
    bool? WhileJoined = null
)
{
    public override string ToString() => Name;
}

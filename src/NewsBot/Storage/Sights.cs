namespace NewsBot.Storage;

/// <summary>
/// Who may read what, in SQL: the one place where it is written. Queries name the channel or comment as below and take
/// <c>@Sight</c>, the number of a <see cref="Web.Views.Sight"/>.
/// </summary>
internal static class Sights
{
    /// <summary>Whether a channel (<c>open_channel ch</c>) may be named and its stories shown.</summary>
    public const string Channel =
        "@Sight >= CASE ch.publication WHEN 'public' THEN 0 WHEN 'members' THEN 1 ELSE ch.off_sight END";

    /// <summary>Whether a comment (<c>comment c</c>, or another row with its visibility) of a channel (<c>open_channel oc</c>) may be read.</summary>
    public const string Comment =
        "@Sight >= CASE c.visibility WHEN 'public' THEN 0 WHEN 'members' THEN 1 ELSE oc.off_sight END";
}

namespace NewsBot.Core.Communities;

/// <summary>What counts of a member when two names turn out to be one person's.</summary>
/// <param name="JoinedAt">When they joined, as their platform tells it; null where none does.</param>
/// <param name="FirstSeenAt">When we first saw them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="MutedUntil">Until when a moderator lets them write nothing; null for never muted.</param>
/// <param name="OptedOutAt">Since when nothing of theirs is published; null where they did not opt out.</param>
/// <param name="Pseudonym">The name shown in place of theirs; null for none.</param>
public sealed record PersonFacts(
    DateTimeOffset? JoinedAt,
    DateTimeOffset FirstSeenAt,
    Role Role,
    DateTimeOffset? MutedUntil,
    DateTimeOffset? OptedOutAt,
    string? Pseudonym
);

/// <summary>
/// Joins what is kept of two names of one person, and parts it again. Pure. Whatever holds them back counts for both, and
/// stays with both: nobody gets rid of it by joining or by parting.
/// </summary>
public static class PersonJoin
{
    /// <summary>What counts for both once they are one.</summary>
    /// <param name="older">Of the one that was here first; its pseudonym wins.</param>
    /// <param name="younger">Of the other.</param>
    public static PersonFacts Join(PersonFacts older, PersonFacts younger) =>
        new(
            Least(older.JoinedAt, younger.JoinedAt),
            older.FirstSeenAt <= younger.FirstSeenAt ? older.FirstSeenAt : younger.FirstSeenAt,
            older.Role >= younger.Role ? older.Role : younger.Role,
            Greatest(older.MutedUntil, younger.MutedUntil),
            Least(older.OptedOutAt, younger.OptedOutAt),
            older.Pseudonym ?? younger.Pseudonym
        );

    /// <summary>What is left to each of the two when they part.</summary>
    /// <param name="both">What counted for both until now.</param>
    /// <param name="staying">What the one that keeps the row was by itself before.</param>
    /// <param name="leaving">What the other was.</param>
    /// <returns>Of the one that stays, and of the one that leaves.</returns>
    public static (PersonFacts Staying, PersonFacts Leaving) Part(
        PersonFacts both,
        PersonFacts staying,
        PersonFacts leaving
    )
    {
        // A role lasts only as long as it is granted: what was taken from both while they were one comes back to neither.
        // What was granted to both on top goes to the row whose name the admin saw.
        var wasRaised = both.Role > staying.Role && both.Role > leaving.Role;
        return (
            Own(both, staying) with
            {
                Role = wasRaised ? both.Role : Lesser(staying.Role, both.Role),
            },
            Own(both, leaving) with
            {
                Role = Lesser(leaving.Role, both.Role),
            }
        );
    }

    private static PersonFacts Own(PersonFacts both, PersonFacts own) =>
        both with
        {
            JoinedAt = own.JoinedAt,
            FirstSeenAt = own.FirstSeenAt,
        };

    private static Role Lesser(Role one, Role other) => one <= other ? one : other;

    private static DateTimeOffset? Least(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static DateTimeOffset? Greatest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other ?? one : one;
}

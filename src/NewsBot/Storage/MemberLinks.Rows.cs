using NewsBot.Core.Communities;

namespace NewsBot.Storage;

internal static partial class MemberLinks
{
    private sealed class AcrossRow
    {
        public required long Identity { get; init; }
        public required long Member { get; init; }
        public required long Community { get; init; }
    }

    private sealed class LinkedRow
    {
        public required long Id { get; init; }
        public string? Pseudonym { get; init; }
        public required string Role { get; init; }
        public long? JoinedAt { get; init; }
        public required long FirstSeenAt { get; init; }
        public long? MutedUntil { get; init; }
        public long? OptedOutAt { get; init; }
        public long? OwnJoinedAt { get; init; }
        public string? OwnRole { get; init; }

        public PersonFacts Facts => ToFacts(JoinedAt, Role);

        public PersonFacts Own => ToFacts(OwnJoinedAt, OwnRole ?? Role);

        private PersonFacts ToFacts(long? joinedAt, string role) =>
            new(
                Instants.At(joinedAt),
                Instants.At(FirstSeenAt),
                Enum.Parse<Role>(role, ignoreCase: true),
                Instants.At(MutedUntil),
                Instants.At(OptedOutAt),
                Pseudonym
            );
    }
}

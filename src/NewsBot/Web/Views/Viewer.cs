using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Web.Views;

/// <summary>Who looks at a page.</summary>
/// <param name="IsMember">True for somebody of the built-in chat, who sees all of its community, and for everybody while the server listens on this machine only.</param>
/// <param name="Home">The community they see all of; null where they may see all of every one.</param>
internal sealed record Viewer(bool IsMember, CommunityId? Home = null)
{
    /// <summary>Communities whose members they are by an account of a platform: there they see what is published, to members as well.</summary>
    public IReadOnlyCollection<CommunityId> Joined { get; init; } = [];

    /// <summary>Whether they are such a member, once it is said of which community: see <see cref="In"/>.</summary>
    public bool IsJoined { get; private init; }

    /// <summary>Decides how much somebody may see.</summary>
    /// <param name="isThisMachineOnly">True while only this machine can reach the server and nothing is published.</param>
    /// <param name="member">Who it is in the built-in chat; null for a stranger there.</param>
    /// <param name="joined">Communities whose members they are by an account they signed in with.</param>
    public static Viewer Of(bool isThisMachineOnly, Member? member, params IReadOnlyCollection<CommunityId> joined) =>
        isThisMachineOnly ? new(true) : new(member is not null, member?.Community) { Joined = joined };

    /// <summary>How much they may read.</summary>
    public Sight Sight =>
        IsMember
            ? Home is null
                ? Sight.All
                : Sight.Chat
            : IsJoined
                ? Sight.Members
                : Sight.Public;

    /// <summary>The same person looking at what belongs to one community: elsewhere a member is a stranger.</summary>
    public Viewer In(long community) =>
        this with
        {
            IsMember = IsMember && (Home is not { } home || home.Value == community),
            IsJoined = Joined.Contains(new CommunityId(community)),
        };

    /// <summary>Whether something of this visibility is shown; otherwise only its place is.</summary>
    /// <param name="visibility">Of the comment.</param>
    /// <param name="unpublished">What it takes to read in its channel what is not published.</param>
    public bool Sees(Visibility visibility, Sight unpublished) =>
        Sight
        >= visibility switch
        {
            Visibility.Public => Sight.Public,
            Visibility.Members => Sight.Members,
            _ => unpublished,
        };
}

/// <summary>How much somebody may read on the web; each holds what the ones before hold.</summary>
internal enum Sight
{
    /// <summary>What is published to everybody.</summary>
    Public,

    /// <summary>Also what is published to members.</summary>
    Members,

    /// <summary>Also what the built-in chat does not publish, for every one of its members can read it there.</summary>
    Chat,

    /// <summary>All there is: for whoever sits at this machine while nobody else can reach the server.</summary>
    All,
}

using NewsBot.Core.Channels;

namespace NewsBot.Web.Views;

/// <summary>Who looks at a page.</summary>
/// <param name="IsMember">True for somebody of the community, and for everybody while the server listens on this machine only.</param>
internal sealed record Viewer(bool IsMember)
{
    /// <summary>Whether something of this visibility is shown; otherwise only its place is.</summary>
    public bool Sees(Visibility visibility) => IsMember || visibility == Visibility.Public;
}

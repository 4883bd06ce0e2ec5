using NewsBot.Web.SignIn;

namespace NewsBot.Web.Views;

/// <summary>The page to sign in on.</summary>
/// <param name="Platforms">What one can sign in with.</param>
/// <param name="Back">Where one is led afterwards.</param>
internal sealed record SignInView(IReadOnlyList<SignInPlatform> Platforms, string Back)
{
    public string StartUrl(SignInPlatform platform) =>
        Back == "/" ? platform.StartPath : $"{platform.StartPath}?back={Uri.EscapeDataString(Back)}";
}

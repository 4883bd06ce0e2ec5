namespace NewsBot.Web.Pages;

/// <summary>Headers that keep a page from doing, or being used for, anything it was not made for.</summary>
internal static class PageHeaders
{
    public const string Policy =
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For the sample newsroom, which plays other people's sites: these bring their own styles.</summary>
    public const string SamplePolicy =
        "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Nothing here needs a camera, a place or a wallet.</summary>
    public const string Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        + "midi=(), payment=(), publickey-credentials-get=(), usb=()";

    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}

using System.Text;
using NewsBot.Web.Views;
using RazorSlices;

namespace NewsBot.Web.Pages;

/// <summary>Sends a whole page.</summary>
internal sealed class PageResult(LayoutView layout, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var page = new Web_Pages_Layout { Model = layout };
        await FragmentResult.SendAsync(httpContext, page, status);
    }
}

/// <summary>Sends a part of a page, to be put in its place by a script.</summary>
internal sealed class FragmentResult(Func<RazorSlice> fragment) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var slice = fragment();
        await SendAsync(httpContext, slice, StatusCodes.Status200OK);
    }

    public static async Task SendAsync(HttpContext context, RazorSlice slice, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        PageHeaders.Apply(response);
        response.Headers.CacheControl = "private, no-cache";
        // A page is rendered whole before its first byte is sent: what fails on the way becomes an error page, not half a page.
        var html = new StringBuilder(32_768);
        await slice.RenderAsync(html, Wording.Html, context.RequestAborted);
        // In one piece: fast compression of many small pieces is twice as large.
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html.ToString()), context.RequestAborted);
    }
}

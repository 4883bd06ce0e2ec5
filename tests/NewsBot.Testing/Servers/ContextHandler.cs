using System.Net;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers;

/// <summary>Brings requests to what answers them in this process: no socket, no thread and no wait is between.</summary>
/// <param name="answer">Writes the answer into the context.</param>
internal sealed class ContextHandler(Func<HttpContext, Task> answer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var asked = new MemoryStream();
        using var answered = new MemoryStream();
        var context = new DefaultHttpContext { RequestAborted = cancellationToken };
        context.Request.Method = request.Method.Method;
        context.Request.Scheme = request.RequestUri!.Scheme;
        context.Request.Host = new HostString(request.RequestUri.Authority);
        context.Request.Path = PathString.FromUriComponent(request.RequestUri);
        context.Request.QueryString = QueryString.FromUriComponent(request.RequestUri);
        // As they were written: read and put together again, a user agent would fall into pieces.
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            context.Request.Headers[name] = values.ToString();
        }

        if (request.Content is { } content)
        {
            await content.CopyToAsync(asked, cancellationToken);
            asked.Position = 0;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                context.Request.Headers[name] = values.ToString();
            }

            context.Request.ContentLength = asked.Length;
        }

        context.Request.Body = asked;
        context.Response.Body = answered;
        await answer(context);
        return Read(context.Response, answered.ToArray(), request);
    }

    private static HttpResponseMessage Read(HttpResponse answer, byte[] body, HttpRequestMessage request)
    {
        var read = new HttpResponseMessage((HttpStatusCode)answer.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in answer.Headers)
        {
            if (!read.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                read.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return read;
    }
}

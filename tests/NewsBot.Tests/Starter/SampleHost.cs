using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Starter;

namespace NewsBot.Tests.Starter;

/// <summary>A server on loopback that has nothing but the sample newsroom.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SampleHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    /// <summary>Does not follow redirects.</summary>
    public HttpClient Client { get; }

    public static async Task<SampleHost> StartAsync(DateTimeOffset created, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new SampleNewsroomStart(created));
        var app = builder.Build();
        app.MapSampleNewsroom();
        await app.StartAsync(cancellationToken);
        return new SampleHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

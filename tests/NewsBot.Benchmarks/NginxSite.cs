using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NewsBot.Benchmarks;

/// <summary>A folder of files served by nginx at every address of 127.0.0.0/8.</summary>
internal sealed class NginxSite : IDisposable
{
    private readonly Process _process;

    private NginxSite(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="folder">Where its own files go; its subfolder "site" is served.</param>
    /// <exception cref="InvalidOperationException">There is no nginx, or it does not start.</exception>
    public static async Task<NginxSite> StartAsync(string folder)
    {
        var port = MeasuredProcess.FreePort();
        var settings = Path.Combine(folder, "nginx.conf");
        // As its package sets it up, but for the log of every request and connections that are kept for longer.
        await File.WriteAllTextAsync(
            settings,
            $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 8192; }
            http {
                types { application/xml xml; }
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_timeout 300;
                keepalive_requests 1000000;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                server { listen {{port.ToString(CultureInfo.InvariantCulture)}} backlog=4096; root {{folder}}/site; }
            }
            """
        );
        var program =
            Programs.Find("nginx")
            ?? throw new InvalidOperationException("nginx is not installed; try: apt-get install nginx-light");
        var site = new NginxSite(Process.Start(program, ["-c", settings, "-p", folder]), port);
        while (!await AnswersAsync(port))
        {
            if (site._process.HasExited)
            {
                throw new InvalidOperationException("nginx did not start; the lines above say why.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return site;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            // Not yet.
            return false;
        }
    }
}

namespace System.Net.Sockets
{
    public class SocketException : Exception
    {
        public extern SocketException(SocketError errorCode);

        public extern int ErrorCode { get; }
    }
}

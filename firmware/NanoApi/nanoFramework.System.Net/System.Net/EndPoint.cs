namespace System.Net
{
    public abstract class EndPoint
    {
        protected extern EndPoint();

        public abstract SocketAddress Serialize();
        public abstract EndPoint Create(SocketAddress socketAddress);
    }
}
